"use strict";
// The instructor: who comes in, what happens when, stop and explain, and what came of it.

const { preparing, away, t, say, el, button, dark, squadTitle, openWindows, linkEnded, named, list, renew, Line, clock, left, person, seat, via, state, status, result, turn } = Room;
const page = document.getElementById("page");
let me = null, seen = null, notice = "", chosen = "", moved = "", earlier = false, later = false, limits = false;
const typed = new Map();

const line = new Line("cg-control", {
  lost() { draw(); },
  message(m) {
    if (m.names) Room.names = m.names;
    if (m.type === "welcome") { me = m; Room.birds = m.callsigns; }
    else if (m.type === "control") { seen = m; if (!m.squads[chosen]) chosen = Object.keys(m.squads)[0] || ""; }
    else if (m.type === "error") { notice = say(m.text); if (m.code === "bad-code") { me = null; notice = linkEnded(); } }
    else if (m.type === "ack") notice = "";
    draw();
  },
});

function field(key, hint, name) {
  const made = el("input", name || "wide");
  made.placeholder = hint; made.setAttribute("aria-label", hint); made.maxLength = 280; made.value = typed.get(key) || ""; made.dataset.key = key;
  made.addEventListener("input", () => typed.set(key, made.value));
  return made;
}
function choose(key, options, first) {
  return list(key, options, typed.has(key) ? typed.get(key) : first, (value) => { typed.set(key, value); draw(); });
}
const take = (key) => { const text = (typed.get(key) || "").trim(); typed.delete(key); return text; };

function draw() {
  if (!me || !seen) { renew(page, [el("main", "", el("div", "", el("h1", "", "Common Ground"), el("p", "", notice || (line.coming !== null && away(line)) || t("Open the link the program printed.", "请打开程序给出的链接。"))))], draw); return; }
  const scroll = page.querySelector(".scroll") ? page.querySelector(".scroll").scrollTop : 0;
  renew(page, [header(), el("main", Object.values(seen.squads).every((v) => v.phase === "lobby") ? "" : "under-way", leftSide(), el("div", "", seen.report ? result(seen.report, innerWidth < 820) : null, dashboard(), timeline()))], draw);
  if (page.querySelector(".scroll")) page.querySelector(".scroll").scrollTop = scroll;
}

// Who comes in matters until everybody sits; then what an instructor does while the drill runs.
function leftSide() {
  const first = Object.values(seen.squads).every((v) => v.phase === "lobby");
  const over = Object.values(seen.squads).every((v) => v.phase === "over");
  if (over) return el("div", "", again(), notes(), people(), naming(), gaps());
  return el("div", "", ...(first ? [naming(), people(), adding(), notes(), nudging()] : [adding(), notes(), nudging(), people(), naming()]), gaps());
}

// Results are kept under a squad's name; a letter is everybody's.
function naming() {
  const letters = [...new Set(Object.keys(seen.squads).map((n) => n.replace(/\d+$/, "")))], bare = letters.filter((n) => !seen.names[n]);
  return el("div", "card", el("h3", "", t("What the squads are called", "小组名称")),
    ...letters.map((n) => { const name = field(`name${n}`, t(`name of squad ${n}, no person's`, `小组${n}的名称，不写人名`)); name.maxLength = 24;
      if (!typed.has(`name${n}`)) name.value = seen.names[n] || "";
      return el("div", "called", el("span", "strong", n), name, button(t("Keep", "保存"), () => { if (typed.has(`name${n}`)) line.do("name", { squad: n, name: typed.get(`name${n}`).trim() }, "", (m) => { if (m.type === "ack") typed.delete(`name${n}`); }); }, "small fix")); }),
    el("p", "soft small-text", seen.enrolled ? t("Their results are kept under the ids given when the room was opened, which are not shown here. These names are for reading only.", "成绩记在开房时指定的编号名下，此处不显示编号；这里的名称只供阅读。") : bare.length ? t(`The results of a squad without a name are kept as "${bare[0]}", together with those of every other squad ${bare[0]}: its progress over weeks cannot be told apart.`, `没有名称的小组，成绩会记在“${bare[0]}”名下，与其他所有小组${bare[0]}混在一起，无法分辨其历次进步。`)
      : t("Their results are kept under these names. Give a squad the same one next time. What was over before it was named stays under the letter.", "成绩记在这些名称下；下次请给同一小组用同样的名称。取名之前已结束的，仍记在字母名下。")));
}

// After the end: the same people in the same seats once more, among other people and other chances.
function again() {
  return el("div", "card", el("p", "", t("Play it again: the same people in the same seats, on a new seed. The next result stands beside this one.", "再练一遍：人员和席位不变，换一个随机种子；新结果会与这次并列显示。")),
    seen.preparing ? el("p", "strong", preparing(seen.prepared)) : button(t("Again on a new seed", "换种子再练"), () => line.do("again", { seed: crypto.getRandomValues(new Uint32Array(1))[0] % 1000000 }), "main choice"));
}

function header() {
  const all = Object.values(seen.squads), live = all.filter((v) => v.phase !== "over"), phase = (name) => all.some((v) => v.phase === name);
  return el("header", "", el("div", "row", el("span", "strong", say(me.drill.title)),
    phase("lobby") ? button(t("Start", "开始"), () => line.do("start"), "main") : null,
    phase("running") ? button(t("Stop and explain", "叫停讲解"), () => line.do("pause", { text: take("stop") }), "main") : null,
    phase("running") ? field("stop", t("what they read while stopped", "暂停时显示的话")) : null,
    phase("paused") ? button(t("Go on", "继续"), () => line.do("resume"), "main") : null,
    phase("over") && seen.unheard ? button(t(`Show the result (${seen.unheard} still judge it)`, `显示结果（还有${seen.unheard}人未自评）`), () => line.do("reveal"), "main") : null,
    ...(all.every((v) => v.phase === "over") ? [] : seen.speeds).map((x) => button(`${x}×`, () => line.do("speed", { speed: x }), seen.speed === x ? "small main" : "small")),
    phase("running") || phase("paused") ? button(live.length > 1 ? t("End all", "全部结束") : t("End", "结束"), () => { if (confirm(t("End the drill for everybody?", "为所有人结束演练？"))) line.do("end"); }, "small") : null,
    dark(draw), button(t("中文", "English"), () => turn(draw), "small"), el("span", "strong", `${t("Code", "代码")} ${me.code}`)),
    latecomers(), notice && el("div", "lost", notice), line.ready ? null : el("div", "lost", away(line)),
    seen.failed ? el("div", "lost", t("The disk does not take it: nothing is acknowledged any more.", "磁盘无法写入，不再确认任何操作。")) : null,
    location.protocol === "https:" ? null : el("div", "small-text", t("Not encrypted: whoever is on this network can read along and tamper. Callsigns only, no names.", "连接未加密：同一网络中的人可能窃听或篡改。只用代号，不写姓名。")));
}

// Whoever comes in later must not be overlooked: they stand above everything, with one press to seat them.
function latecomers() {
  const waiting = seen.people.filter((p) => p.role === "waiting"), squads = Object.keys(seen.squads).filter((n) => seen.squads[n].phase !== "over");
  if (!squads.length) return null;
  const fillUp = () => {
    // The squads are filled evenly: every chief first, then every second seat.
    const free = squads.flatMap((n) => seen.squads[n].seats.map((s, k) => [n, s.seat, k, s.who])).filter((s) => !s[3]).sort((a, b) => a[2] - b[2]);
    // Whoever has asked to look on does; without a seat one looks on where fewest do.
    const looking = new Map(squads.map((n) => [n, seen.people.filter((p) => p.squad === n && p.role === "observer").length]));
    for (const p of waiting) {
      const [squad, role] = (p.wish !== "observer" && free.shift()) || [squads.reduce((a, b) => (looking.get(b) < looking.get(a) ? b : a)), "observer"];
      if (role === "observer") looking.set(squad, looking.get(squad) + 1);
      line.do("admit", { who: p.who, squad, role });
    }
  };
  const asked = waiting.filter((p) => p.wish === "observer").length;
  const usher = el("label", "fix", el("input"), t("Seat newcomers at once", "新来者自动入座")), box = usher.firstChild;
  box.type = "checkbox"; box.checked = seen.ushered;
  box.addEventListener("change", () => { if (box.checked) fillUp(); line.do("usher", { on: box.checked }); });
  const names = waiting.slice(0, 6).map((p) => person(p.who)).join(t(", ", "、")) + (waiting.length > 6 ? " …" : "");
  return el("div", waiting.length ? "door urgent" : "door", waiting.length ? el("span", "strong", t(`${waiting.length} waiting for a seat: ${names}`, `${waiting.length}人等候入座：${names}`), asked ? t(` (${asked} to look on)`, `（其中${asked}人要求旁观）`) : null) : null,
    waiting.length ? button(waiting.length > 1 ? t(`Seat all ${waiting.length}`, `全部入座（${waiting.length}）`) : t("Seat", "入座"), fillUp, "main fix") : null, usher);
}

// Elsewhere a squad is called by its name, so the list says whose letter it is.
const lettered = (n) => { const name = seen.names[n.replace(/\d+$/, "")]; return name ? `${n}\u2003${name}` : n; };

function people() {
  const squads = Object.keys(seen.squads);
  const rows = seen.people.map((p) => {
    const squad = choose(`q${p.who}`, squads.map((n) => [n, lettered(n)]), p.squad || squads[0]);
    const empty = (name) => (seen.squads[name] ? seen.squads[name].seats.filter((s) => !s.who).map((s) => s.seat) : []);
    const role = choose(`r${p.who}`, [...new Set([...(p.role !== "waiting" ? [p.role] : []), ...empty(squad.value), "observer"])].map((r) => [r, seat(r)]), p.wish === "observer" ? "observer" : "");
    return el("div", "card", el("div", "", el("span", "strong", person(p.who)), " ", el("span", p.here ? "good small-text" : "bad small-text", p.here ? t("here", "在线") : t("away", "离线")),
      el("span", "small-text", " · ", p.role === "waiting" ? t("waiting", "等候中") : `${squadTitle(p.squad)} · ${seat(p.role)}`), p.wish ? el("span", "warn small-text", " · ", p.wish === "observer" ? t("asks to look on", "要求旁观") : t("asks for a seat", "要求席位")) : null),
    el("div", "row", squads.length > 1 ? squad : null, role, button(p.role === "waiting" ? t("Admit", "准入") : t("Move", "调整"), () => { typed.delete(`r${p.who}`); line.do("admit", { who: p.who, squad: squad.value, role: role.value }); }, p.role === "waiting" ? "small main" : "small"),
      button(t("Remove", "移出"), () => { if (confirm(t("Remove this person?", "移出此人？"))) line.do("remove", { who: p.who }); }, "small no fix")));
  });
  return el("div", "", el("h2", "", t("Who is in", "人员")), el("div", "row", button(seen.locked ? t("Unlock the room", "开放房间") : t("Lock the room", "锁定房间"), () => line.do("lock", { locked: !seen.locked }), "small"),
    Object.values(seen.squads).some((v) => v.phase === "lobby" && v.seats.filter((s) => s.who).length > 1) ? button(t("Change the seats round", "轮换席位"), () => line.do("rotate"), "small") : null), el("p"), ...rows, rows.length ? null : el("p", "soft", t("Nobody yet.", "还没有人。")));
}

// What a room cannot keep from happening stands where the instructor sees it, and what to do about it.
function gaps() {
  const plain = location.protocol !== "https:";
  const lines = [
    plain ? t("The line is not encrypted: whoever is on this network can read along and change what is sent, the pages included. Use a network of your own, or start the room with --tls.", "连接未加密：同一网络中的人可以窃听，也可以篡改传输的内容，包括页面本身。请使用自己的网络，或用 --tls 启动房间。")
      : t("The line is encrypted; a phone that was told to trust any certificate can still be deceived.", "连接已加密；但如果手机被设为信任任何证书，仍可能受骗。"),
    t("Whoever has the code can come in as several people. Lock the room once all are here, and remove who is not.", "有代码的人可以多次进入，占用多个代号。人到齐后请锁定房间，并移出不在场的人。"),
    t("Names have no field, but what people type is kept as they typed it, in the room's folder on this computer.", "没有填写姓名的地方；但人员输入的文字会原样保存在本机的房间文件夹中。"),
    t("Whoever holds a phone holds its seat. Whoever has the link of this page is the instructor: do not show it.", "拿着手机的人就拥有该席位。有本页链接的人就是教官：请不要展示此链接。"),
    t("The log shows that it was changed, not by whom. Encrypt the disk of this computer.", "记录能显示被改动过，但不能显示是谁改的。请加密本机磁盘。"),
  ];
  return el("div", "card", el("div", "row tight", el("h3", "", t("What this room does not protect against", "本房间不能防范的情况")), button(limits ? t("Hide", "收起") : t("Show", "查看"), () => { limits = !limits; draw(); }, "small fix")),
    ...(limits ? lines : lines.slice(0, plain ? 1 : 0)).map((each) => el("p", "small-text", each)));
}

function dashboard() {
  const several = Object.values(seen.squads).filter((v) => v.phase !== "over").length > 1;
  return el("div", "", el("h2", "", t("Squads", "小组")), ...Object.entries(seen.squads).map(([name, v]) => el("div", name === chosen ? "card urgent" : "card",
    el("div", "row", el("h3", "", squadTitle(name)), el("span", "strong fix", clock(v.tick, v.start_min)), el("span", "soft fix", { lobby: t("lobby", "等待开始"), running: t("running", "进行中"), paused: t("stopped", "已叫停"), over: t("over", "已结束") }[v.phase]),
      name === chosen ? null : button(t("Look at this one", "查看"), () => { chosen = name; draw(); }, "small fix"), ["running", "paused"].includes(v.phase) ? button(t("Branch from here", "由此分支"), () => line.do("branch", { squad: name }), "small fix") : null,
      several && ["running", "paused"].includes(v.phase) ? button(t("End this squad", "结束本组"), () => { if (confirm(t(`End the drill for ${squadTitle(name)} alone? The others go on.`, `只结束${squadTitle(name)}的演练？其他小组继续。`))) line.do("end", { only: name }); }, "small no fix") : null),
    el("p", "", v.pages.crowd ? `${state(v.pages.crowd.state)} · ${t("about", "约")} ${v.pages.crowd.estimate}` : "", " · ", v.seats.map((s) => `${seat(s.seat)}${t(": ", "：")}${s.who ? person(s.who) : "–"}`).join(" · ")),
    v.phase === "paused" && v.seats.every((s) => !s.who) ? el("p", "warn", t("Nobody sits here yet: move people over, or let it go on as it is.", "此小组还无人入座：可把人调整过来，也可直接继续。")) : null,
    ...v.windows.map((w) => el("p", openWindows(v).includes(w) ? "strong warn" : "small-text", `${say(w.question)} `, openWindows(v).includes(w) ? left(w.until_tick - v.tick) : w.status === "open" ? "" : status(w.status))),
    ...v.proposals.slice(-4).map((p) => el("p", "small-text", `${p.proposal}. ${named(p, v)} (${seat(p.seat)}) ${status(p.status)}`, ...Object.entries(p.dissent).map(([who, why]) => ` · ${seat(who)}${t(": ", "：")}${why}`))))));
}

function timeline() {
  const v = seen.squads[chosen];
  if (!v) return null;
  const act = (i, what, minutes) => line.do("inject", { inject: i.inject, do: what, ...(minutes ? { minutes } : {}) }, chosen);
  const minute = (m) => (m < 1440 ? clock(Math.round(m * 600), 0) : t(`day ${Math.floor(m / 1440)}`, `第${Math.floor(m / 1440)}天`));
  // What is still to come can be handled, so it stands first; of what is over the last two are shown.
  const next = v.timeline.findIndex((i) => i.status === "waiting"), over = Math.max(0, (next < 0 ? v.timeline.length : next) - 2);
  const more = over ? button(earlier ? t("Hide what is over", "收起已过的事件") : t(`Earlier (${over})`, `更早的事件（${over}）`), () => { earlier = !earlier; draw(); }, "small fix") : null;
  // What the scenario holds for after the drill can still be brought forward, but does not stand in the way.
  const last = v.start_min + v.end_tick / 600, beyond = v.timeline.filter((i) => i.minute >= last && i.status === "waiting").length;
  const rest = beyond ? button(later ? t("Hide what comes after the drill", "收起演练之后的事件") : t(`After the drill (${beyond})`, `演练之后的事件（${beyond}）`), () => { later = !later; draw(); }, "small fix") : null;
  return el("div", "card", el("div", "row", el("h2", "", `${t("Timeline", "事件时间线")} · ${squadTitle(chosen)}`), more, rest), el("div", "scroll", ...v.timeline.slice(earlier ? 0 : over).filter((i) => later || i.minute < last || i.status !== "waiting").map((i) => {
    const live = i.status === "waiting" && ["running", "paused"].includes(v.phase);
    return el("div", live ? "inject" : "inject done", el("span", "strong", minute(i.minute)), el("span", "soft small-text", via(i.via)), el("span", "small-text words", i.quiet && el("span", "soft", t("Nobody gets these words: ", "无人收到这段话：")), say(i.text) || i.inject),
      live ? el("span", "row", button(t("Now", "现在"), () => act(i, "fire"), "small"), button("+2", () => act(i, "delay", 2.0), "small"), button(t("Skip", "跳过"), () => act(i, "skip"), "small no"),
        !i.quiet && button(t("Reword", "改写"), () => { const text = prompt(t("New words", "新内容"), say(i.text)); if (text) line.do("edit", { inject: i.inject, en: text, zh: text }, chosen); }, "small")) : el("span", "soft small-text", { waiting: "", fired: t("waits for an answer", "等待处置"), handled: t("handled", "已处置"), missed: t("missed", "未处置"), past: t("past", "已发生"), skipped: t("skipped", "已跳过") }[i.status] || ""));
  })));
}

function adding() {
  const channel = choose("channel", ["radio", "call", "scene", "social", "department", "command", "media"].map((c) => [c, via(c)]));
  return el("div", "card", el("h3", "", t("Bring in a message", "插入消息")), channel, field("add", t("what it says", "内容")),
    button(t("Send to the chosen squad", "发给所选小组"), () => { const text = take("add"); if (text) line.do("add", { channel: channel.value, en: text, zh: text, in_s: 0 }, chosen); draw(); }, "small"));
}

function nudging() {
  const group = choose("group", seen.groups.map((g) => [g.group, say(g.name)]));
  const quantity = choose("quantity", [["anger", t("anger", "愤怒")], ["fear", t("fear", "恐惧")], ["legitimacy", t("trust in the police", "对警方的信任")], ["hope", t("hope", "希望")], ["grievance", t("grievance", "不满")]]);
  const by = (x) => {
    const what = `${group.selectedOptions[0].textContent} · ${quantity.selectedOptions[0].textContent} ${x > 0 ? "+" : "−"}${Math.abs(x)}`;
    line.do("nudge", { group: group.value, quantity: quantity.value, by: x }, chosen, (m) => { moved = m.type === "ack" ? what : ""; draw(); });
  };
  return el("div", "card", el("h3", "", t("Move what nobody can see", "调整看不见的量")), el("p", "soft small-text", t("It stands in the journal and in the review.", "会写入记录，并在复盘中显示。")), group, quantity,
    el("div", "row", button("−0.1", () => by(-0.1), "small"), button("+0.1", () => by(0.1), "small")), moved && el("p", "small-text good", t("Moved: ", "已调整："), moved));
}

function notes() {
  const v = seen.squads[chosen];
  return el("div", "card", el("h3", "", t("Notes, stamped to the moment", "记录（打上时刻）")), field("note", t("what the squad does", "小组在做什么")),
    button(t("Keep", "保存"), () => { const text = take("note"); if (text) line.do("note", { text }, chosen); draw(); }, "small"),
    ...(v ? [...(v.notes || [])].reverse().map((n) => el("p", "small-text", `${clock(n.tick, v.start_min)} ${person(n.who)}${t(": ", "：")}${n.text}`)) : []),
    ...(v ? foreseen(v) : []), ...(v ? spoken(v) : []));
}

// What went over the squad's radio, and what of it nobody heard: whoever sent it is not told.
function spoken(v) {
  if (!v.said.length) return [];
  return [el("h3", "", t("Between the seats", "席位之间的通话")), ...v.said.slice(-5).reverse().map((m) => el("p", "small-text", `${seat(m.from)} → ${seat(m.to)}${t(": ", "：")}${m.text}`, m.tick < 0 ? el("span", "bad strong", t(" · lost on the way", " · 丢失")) : null))];
}

// What those who look on predict stands here at once; they themselves see only their own.
function foreseen(v) {
  const asked = v.questions.filter((q) => Object.keys({ ...q.predicted, ...q.picked }).length).slice(-3).reverse();
  const parts = asked.map((q) => { const w = v.windows.find((each) => each.window === q.window), by = Object.entries(q.predicted).map(([who, n]) => `${person(who)} ${n}%`);
    return el("div", "sum", el("p", "soft small-text", w ? say(w.question) : q.window), ...Object.entries(q.picked).map(([who, p]) => el("p", "small-text", `${person(who)} ${p.percent}%${t(": ", "：")}`, say((w && w.choices[p.choice - 1] || {}).title))),
      by.length ? el("p", "small-text", t("agitated or worse: ", "激动或更糟："), by.join(t(", ", "、")), q.came === null ? "" : q.came ? t(" · it came", " · 发生了") : t(" · it did not", " · 没有发生")) : null); });
  return [parts.length ? el("h3", "", t("What those who look on say", "旁观者的预测")) : null, ...parts, ...(v.brier || []).map((b) => el("p", "small-text", `Brier ${person(b.who)}${t(": ", "：")}${b.score.toFixed(3)} (${b.questions})`))];
}

Room.start(draw);
const key = location.hash.slice(1);
if (key) { history.replaceState(null, "", location.pathname); line.token = key; }
if (line.token) line.open();
draw();
