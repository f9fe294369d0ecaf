"use strict";
// A seat on a phone: what I hear, what is to be decided, and what I say; one thumb is enough.

const { preparing, away, t, say, el, button, fill, dark, squadTitle, openWindows, same, named, list, renew, steady, Line, clock, left, person, seat, via, state, status, stopped, result, turn } = Room;
const page = document.getElementById("page"), veil = document.getElementById("veil");
let me = null, seen = null, tab = "decide", notice = "", cards = null, filter = "", code = "", read = 0, differs = 0, most = 5, exact = null, aside = false;
const typed = new Map();

const line = new Line("cg-seat", {
  lost() { draw(); },
  message(m) {
    if (m.names) Room.names = m.names;
    if (m.type === "welcome") { me = { ...m }; Room.birds = m.callsigns; notice = ""; code = ""; }
    else if (m.type === "role") { me = { ...me, ...m, type: "welcome" }; seen = null; notice = ""; }
    else if (m.type === "view") { if (!seen || seen.squad !== m.squad) read = 0; seen = m; }
    else if (m.type === "wait") seen = m;
    else if (m.type === "cards") cards = m.cards;
    else if (m.type === "card") exact = m.card;
    else if (m.type === "error") { notice = say(m.text); if (!line.ready) me = null; }
    draw();
  },
});

function field(key, hint, rows) {
  const made = el(rows ? "textarea" : "input");
  made.placeholder = hint;
  made.setAttribute("aria-label", hint);
  made.maxLength = 280;
  made.value = typed.get(key) || "";
  made.dataset.key = key;
  made.addEventListener("input", () => typed.set(key, made.value));
  return made;
}
const take = (key) => { const text = (typed.get(key) || "").trim(); typed.delete(key); return text; };

function draw() {
  stop();
  renew(page, !me ? [joining()] : me.role === "waiting" ? [header(), el("main", "", waiting())]
    : !seen || !seen.view ? [header(), el("main", "", el("p", "soft", t("One moment …", "请稍候……")))] : [header(), el("main", "", ...body()), bottom()], draw);
}

// Everybody looks up first. To talk about what came in one has to read it again, so the page can be had back.
function stop() {
  const paused = halted();
  if (!paused && aside) { aside = false; tab = "decide"; }
  veil.classList.toggle("hidden", !paused || aside);
  if (paused && !aside) fill(veil, el("h1", "", t("Stop", "暂停")), el("p", "", stopped(seen.view.stopped_for)), button(t("Read what came in", "回看消息"), () => { aside = true; tab = "hear"; draw(); scrollTo(0, 0); }, "choice"));
}
const halted = () => Boolean(seen && seen.view && seen.view.phase === "paused");

function joining() {
  const input = el("input", "code-in");
  input.maxLength = 7;
  input.autocapitalize = "characters";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.value = code;
  input.dataset.key = "code";
  input.setAttribute("aria-label", t("Room code", "房间代码"));
  input.addEventListener("input", () => { code = input.value; });
  const go = () => { notice = ""; line.token = ""; line.hello({ code: code.trim() }); };
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") go(); });
  const head = el("div", "row tight", el("h1", "", "Common Ground"), dark(draw), button(t("中文", "English"), () => turn(draw), "small fix"));
  // Whoever came by the QR code, or was here before, has nothing to type while the room is being made.
  if (line.coming !== null && !code) return el("main", "", head, el("p", "strong", away(line)));
  return el("main", "", head,
    el("p", "", t("Type the code that stands on the shared screen.", "请输入大屏幕上的代码。")), input, el("p"),
    button(t("Come in", "进入"), go, "main choice"), line.coming !== null && el("p", "strong", away(line)), notice && el("p", "bad strong", notice),
    el("p", "soft small-text", t("You get a callsign. Give no names here. Turn off the phone's automatic lock for the drill.", "系统会给您一个代号，请不要输入姓名。演练期间请关闭手机自动锁屏。")));
}

function header() {
  const v = seen && seen.view;
  const top = el("div", "row", el("span", "clock", v ? clock(v.tick, v.start_min) : "--:--"),
    el("span", "", me.role === "waiting" ? person(me.who) : `${seat(me.role)}${me.squad ? " · " + squadTitle(me.squad) : ""}`),
    el("span", "push"), dark(draw), button(t("中文", "EN"), () => turn(draw), "small"));
  const lost = line.ready ? null : el("div", "lost", away(line));
  const halt = halted() && aside ? el("div", "due", t("Stop: ", "暂停："), stopped(seen.view.stopped_for)) : null;
  const failed = seen && seen.failed ? el("div", "lost", t("The disk does not take it: nothing is acknowledged any more.", "磁盘无法写入，不再确认任何操作。")) : null;
  // The bar never scrolls away: whoever reads further down still sees that a decision is due.
  const due = v ? openWindows(v).map((w) => w.until_tick) : [];
  const over = v && v.phase === "over" && !seen.report ? el("div", "strong", t("The drill is over for your squad.", "你们小组的演练已结束。")) : null;
  return el("header", "", top, over, v && v.phase === "running" ? el("div", "small-text times", el("span", "", t(`Drill: ${left(v.end_tick - v.tick)} left`, `演练还剩${left(v.end_tick - v.tick)}`), seen.speed === 1 ? null : t(` · time runs ${seen.speed}×`, ` · 时间${seen.speed}倍速`)),
    due.length ? el("span", "due", t(`Decision: ${left(Math.min(...due) - v.tick)} left`, `决策还剩${left(Math.min(...due) - v.tick)}`)) : null) : null, halt, lost, failed);
}

function waiting() {
  return el("div", "card", el("h1", "", t("You are in the room.", "您已进入房间。")),
    el("p", "", t("Your callsign:", "您的代号："), " ", el("span", "strong", person(me.who))),
    el("p", "", me.wish === "observer" ? t("You have asked to look on. The instructor will let you in.", "您已要求旁观，教官会让您进入。") : t("The instructor will give you a seat.", "教官会给您安排席位。")), el("p", "", el("span", "strong", say(me.drill.title)), t(": ", "："), say(me.drill.aim)), about(), how(), wishing());
}

const known = () => (me.drill.summary ? el("div", "", el("h3", "", t("What everybody knows", "大家都知道的情况")), el("p", "strong small-text", say(me.drill.scenario)), el("p", "small-text", say(me.drill.summary))) : null);

// Whoever waits knows what everybody may know beforehand, and how far the squads are.
function about() {
  const d = me.drill, far = Object.entries((seen && seen.squads) || {}).map(([name, each]) => `${squadTitle(name)}${t(": ", "：")}${{ lobby: t("not begun", "未开始"), running: t(`under way, ${each.minutes} min left`, `进行中，还剩${each.minutes}分钟`), paused: t("stopped", "已叫停"), over: t("over", "已结束") }[each.phase]}`);
  return el("div", "", far.length ? el("p", "strong", far.join(" · ")) : null, known(),
    el("h3", "", t("Seats and what each hears", "席位及各自收到的消息")), ...d.seats.map((s) => el("p", "small-text", el("span", "strong", seat(s)), t(": ", "："), d.hears[s].map(via).join(t(", ", "、")))),
    el("p", "soft small-text", t(`It takes ${d.minutes} simulated minutes.`, `演练时长：模拟时间${d.minutes}分钟。`)));
}

// Not everybody who comes in wants to sit at the table. The instructor sees the wish, and decides.
function wishing() {
  const looksOn = me.wish ? me.wish === "observer" : me.role === "observer", role = looksOn ? "seat" : "observer";
  return button(looksOn ? t("I would like a seat", "我想要一个席位") : t("I only want to look on", "我只想旁观"), () => line.do("wish", { role }, "", (m) => { if (m.type === "ack") me.wish = role; answered(m); }), "small apart");
}

function how() {
  return el("div", "", el("h3", "", t("How it goes", "怎样进行")), el("p", "small-text", t("Each seat hears something else: say what you hear. When a question comes, one seat proposes, another seconds, and the seat that decides calls it or the vote does. When the time runs out, the default is ordered.",
    "每个席位收到的消息不同：听到什么就说出来。出现问题时，一个席位提议，另一个附议，由有决定权的席位拍板或表决。时间用完则执行默认选项。")));
}

function bottom() {
  const v = seen.view;
  const unread = v.messages.filter((m) => m.serial > read).length + v.said.length - (typed.get("#said") || 0);
  const open = openWindows(v).length;
  const looks = me.role === "observer";
  const tabs = [["decide", looks ? t("Predict", "预测") : t("Decide", "决策"), open], ["hear", t("Hear", "消息"), Math.max(0, unread)], ["post", t("Picture", "态势"), 0], ["talk", looks ? t("Note", "记录") : t("Say", "通话"), 0]];
  return el("nav", "", ...tabs.map(([key, text, number]) => {
    const made = button(text, () => { tab = key; if (key === "decide" && !looks) line.ask("cards"); draw(); scrollTo(0, 0); }, tab === key ? "on" : "");
    if (number && tab !== key) made.append(el("span", "badge", number));
    return made;
  }));
}

function body() {
  const v = seen.view, parts = [];
  if (notice) parts.push(el("p", "bad strong", notice));
  if (seen.judge) parts.push(judging());
  else if (seen.unheard) parts.push(el("p", "strong", t(`Kept. The result is shown once ${seen.unheard} more have judged it.`, `已保存。再有${seen.unheard}人自评后显示结果。`)));
  if (seen.preparing) parts.push(el("p", "strong", preparing(seen.prepared)));
  if (seen.report) parts.push(result(seen.report, true, seen.squad));
  if (v.phase === "lobby") parts.push(el("div", "card", el("h2", "", t("About to begin", "即将开始")), el("p", "", say(me.drill.aim)),
    el("p", "", t("You hear: ", "您能收到："), el("span", "strong", v.hears.map(via).join(t(", ", "、")))), known(), how(), wishing(), me.wish ? el("p", "soft small-text", t("The instructor sees that you have asked.", "教官会看到您的要求。")) : null));
  if (tab === "decide") parts.push(...(me.role === "observer" ? predicting(v) : deciding(v)));
  if (tab === "hear") parts.push(...hearing(v));
  if (tab === "post") parts.push(...post(v));
  if (tab === "talk") parts.push(...(me.role === "observer" ? noting(v) : talking(v)));
  return parts;
}

// An assessed drill: everybody says first how it went, then the machine does.
function judging() {
  return el("div", "card urgent", el("h2", "", t("First your own judgement", "请先自评")), ...seen.judge.map((q) => el("div", "", el("p", "strong", say(q.asks)),
    q.low ? el("div", "", el("div", "row", ...["1", "2", "3", "4", "5"].map((n) => button(n, () => { typed.set(`j${q.question}`, n); draw(); }, typed.get(`j${q.question}`) === n ? "main" : ""))),
      el("p", "soft small-text", `1: ${say(q.low)} · 5: ${say(q.high)}`)) : field(`j${q.question}`, t("in a few words, or not at all", "简单几句，也可不填"), true))),
  button(t("Send", "提交"), () => { const answers = {}; for (const q of seen.judge) { const text = take(`j${q.question}`); if (text) answers[q.question] = text; } line.do("judge", { answers }, "", answered); }, "main choice"));
}

function countdown(ticks, whole) {
  const bar = el("div", "bar", el("i"));
  bar.firstChild.style.width = `${Math.max(0, Math.min(100, (100 * ticks) / whole))}%`;
  return bar;
}

function propose(response, target, parameters, reason, units, then) {
  line.do("propose", { order: { response, target: target || "", parameters: parameters || {}, reason: reason || "", units: units || [] } }, "", (m) => { if (m.type === "ack" && then) then(); answered(m); });
}
function answered(m) { notice = m.type === "error" ? say(m.text) : ""; draw(); }

function deciding(v) {
  const parts = [], live = (p) => p.status === "open" || p.status === "seconded";
  const newest = [...v.proposals].reverse(), windows = openWindows(v), shown = new Set();
  for (const w of windows) {
    const rule = { advice: t("The seat named with each proposal decides.", "由每项提议中注明的席位拍板。"), majority: t("The majority decides.", "少数服从多数。"), unanimous: t("All must agree.", "须全体同意。") }[w.vote];
    // What others have put on the table comes before what could be put there: it may wait for this very seat.
    const here = newest.filter((p) => live(p) && p.window === w.window);
    here.forEach((p) => shown.add(p.proposal));
    const rest = w.choices.filter((c) => !here.some((p) => same(p.order, c)));
    parts.push(el("div", "card urgent", el("div", "row tight", el("h2", "", say(w.question)), el("span", "big warn fix", left(w.until_tick - v.tick))),
      countdown(w.until_tick - v.tick, w.until_tick - w.opened_tick), ...here.map((p) => proposal(p, v)),
      seen.view.assessed && !here.length ? el("p", "soft", t("Assessed: find your own answer below, with a reason.", "考核：请在下方自行提出处置并说明理由。")) : null,
      here.length && rest.length ? el("p", "soft small-text", t("Or propose:", "或者提议：")) : null,
      ...rest.map((c) => button(say(c.title), () => propose(c.response, c.target, c.parameters), "choice")),
      el("p", "soft small-text", rule, " ", t("If nobody decides: ", "无人决定时："), say(w.default))));
  }
  for (const p of newest.filter(live)) if (!shown.has(p.proposal)) parts.push(proposal(p, v));
  if (v.phase === "running") parts.push(anything(v));
  if (!windows.length && !newest.some(live)) {
    parts.unshift(el("p", "soft", v.phase === "over" ? t("The drill is over. Say what you would have decided otherwise.", "演练结束。可以写下您的不同意见。") + (seen.report || seen.unheard ? "" : t(" The result comes once every squad is over.", "各小组都结束后显示结果。"))
      : t("Nothing to decide now. A decision comes with its question and a countdown.", "现在没有要决定的事。需要决定时会出现问题和倒计时。"),
      ...(v.phase === "over" || v.phase === "lobby" ? [] : [" ", t("Until then read out to the others what comes in. You hear: ", "在此之前，把收到的消息念给其他席位听。您能收到："), el("span", "strong", v.hears.map(via).join(t(", ", "、")))])));
    const last = v.messages.filter((m) => m.via !== "clock").sort((a, b) => b.tick - a.tick)[0];
    if (last && v.phase !== "over") parts.splice(1, 0, el("div", "card", el("p", "soft small-text", t("Heard last: ", "最近消息："), `${clock(last.tick, v.start_min)} · ${via(last.via)}`), el("p", "", say(last.text))));
  }
  // A question that has run out does not just vanish: what was ordered instead stands there for two minutes.
  for (const w of [...v.windows].reverse()) if (w.status === "expired" && v.tick - w.closed_tick < 1200) parts.push(el("div", "card", el("h3", "", say(w.question)), el("p", "warn", t("Time ran out, so this was ordered: ", "超时，已执行："), say(w.default))));
  for (const p of newest.filter((p) => !live(p))) parts.push(proposal(p, v));
  return parts;
}
function proposal(p, v) {
  const mine = p.seat === me.role, open = p.status === "open" || p.status === "seconded";
  const yes = Object.values(p.votes).filter(Boolean).length, no = Object.values(p.votes).length - yes;
  const acts = [];
  const seated = me.role !== "observer";
  const decides = p.decider === me.role && p.vote === "advice";
  if (open && v.phase === "running" && seated) {
    // Whoever decides it needs nobody's second and no vote: four buttons would hide the two that count.
    if (!decides && p.status === "open" && !mine) acts.push(button(t("Second", "附议"), () => line.do("second", { proposal: p.proposal }, "", answered), "main"));
    if (!decides && p.status === "seconded") {
      acts.push(button(t("For", "赞成"), () => line.do("vote", { proposal: p.proposal, for: true }, "", answered), p.votes[me.role] === true ? "main" : ""));
      acts.push(button(t("Against", "反对"), () => line.do("vote", { proposal: p.proposal, for: false }, "", answered), p.votes[me.role] === false ? "main no" : "no"));
    }
    if (decides) {
      acts.push(button(t("Do it", "执行"), () => line.do("call", { proposal: p.proposal, carry: true }, "", answered), "main"));
      acts.push(button(t("No", "不做"), () => line.do("call", { proposal: p.proposal, carry: false }, "", answered), "no"));
    }
    if (mine) acts.push(button(t("Take back", "撤回"), () => line.do("withdraw", { proposal: p.proposal }, "", answered), "no"));
  }
  const settled = ["carried", "dropped", "lapsed", "refused"].includes(p.status);
  const why = p.ruling && !p.ruling.accepted ? [...p.ruling.reasons, ...p.ruling.failures.map((f) => f.why)].map(say).join(" · ") : "";
  let dissent = null;
  if (settled && seated && !(me.role in p.dissent)) {
    dissent = differs !== p.proposal ? button(t("I see it differently …", "我有不同意见……"), () => { differs = p.proposal; draw(); }, "small") : el("div", "row", field(`d${p.proposal}`, t("I would have decided otherwise, because …", "我有不同意见，因为……")),
      button(t("Keep", "保留"), () => { const reason = take(`d${p.proposal}`); differs = 0; if (reason) line.do("dissent", { proposal: p.proposal, reason }, "", answered); draw(); }, "small fix"));
  }
  return el("div", "card", el("div", "row tight", el("h3", "", `${p.proposal}. ${named(p, v)}`), el("span", `fix strong ${p.status === "carried" ? "good" : open ? "warn" : "soft"}`, status(p.status))),
    el("p", "soft small-text", `${seat(p.seat)}${p.seconder ? " + " + seat(p.seconder) : ""} · ${t("for", "赞成")} ${yes}, ${t("against", "反对")} ${no}`,
      p.vote !== "advice" ? "" : p.decider === me.role ? t(" · you decide", " · 由您拍板") : t(` · ${seat(p.decider)} decides`, ` · 由${seat(p.decider)}拍板`)),
    say(p.reason) && el("p", "", say(p.reason)), p.status === "seconded" ? countdown(p.until_tick - v.tick, 600) : null,
    why && el("p", "bad small-text", why), acts.length ? el("div", "row", ...acts) : null, dissent,
    ...Object.entries(p.dissent).map(([who, reason]) => el("p", "small-text warn", `${seat(who)}${t(": ", "：")}${reason}`)));
}

function anything(v) {
  if (!cards) return button(t("Propose an order …", "提议一项处置……"), () => line.ask("cards"), "choice");
  const search = field("search", t("Search what I may propose", "搜索可提议的处置"));
  search.addEventListener("input", () => { filter = search.value.toLowerCase(); draw(); });
  const found = cards.filter((c) => c.open && (!filter || say(c.title).toLowerCase().includes(filter) || say(c.says).toLowerCase().includes(filter)));
  const more = found.length > most ? button(t(`More (${found.length - most})`, `更多（${found.length - most}）`), () => { most += 10; draw(); }, "small") : null;
  return el("div", "card", el("div", "row tight", el("h3", "", t("Propose an order", "提议一项处置")), button(t("Close", "收起"), () => { cards = null; exact = null; most = 5; draw(); }, "small fix")), search, field("reason", v.assessed ? t("Why (one line, needed)", "理由（一句话，必填）") : t("Why (one line)", "理由（一句话）")),
    ...found.slice(0, most).map((c) => {
      const set = exact && exact.response === c.response ? exact : null;
      const where = c.targets.length > 1 ? chosen(`w${c.response}`, c.targets.map((each) => [each.target, say(each.title)]), t("Where", "对象")) : null;
      const target = () => (where ? where.value : c.targets.length ? c.targets[0].target : "");
      return el("div", "", button(say(c.title), () => compose(c, target(), set), "choice"), where,
        el("p", "soft small-text", say(c.says)), set ? details(set)
          : button(t("How exactly …", "具体怎么做……"), () => line.ask("cards", { response: c.response, target: target() }), "small"));
    }), more, found.length ? null : el("p", "soft", t("Nothing that fits.", "没有符合的处置。")));
}

function chosen(key, options, label, usual) {
  const made = list(key, options, typed.has(key) ? typed.get(key) : usual, (value) => { typed.set(key, value); draw(); });
  made.setAttribute("aria-label", label);
  return made;
}

// What can be set about one order; left alone, each is as the response has it by default.
function details(c) {
  const parts = c.parameters.map((p) => el("div", "", el("p", "small-text strong", say(p.title)), p.kind === "number" ? figure(c, p)
    : chosen(setting(c, p), p.choices.map((each) => [each.value, say(each.title)]), say(p.title), p.default)));
  if (c.units.length > 1) parts.push(el("div", "", el("p", "small-text strong", t("Who goes", "派谁去")), chosen(`u${c.response}`, [["", t("the nearest who are free", "最近的空闲警力")], ...c.units.map((u) => [u, u])], t("Who goes", "派谁去"), "")));
  return el("div", "details", ...parts, el("p", "soft small-text", parts.length ? t("Then press the order's own button.", "设定后点上面的处置按钮。") : t("Nothing to set about it.", "没有可设定的内容。")));
}
const setting = (c, p) => `p${c.response}.${p.parameter}`;
function figure(c, p) {
  const made = field(setting(c, p), String(p.default));
  made.type = "number"; made.min = p.at_least; made.max = p.at_most; made.step = "any";
  made.setAttribute("aria-label", say(p.title));
  return made;
}
function values(c) {
  const found = {};
  for (const p of c.parameters) {
    const given = typed.get(setting(c, p));
    if (given === undefined || given === "" || given === String(p.default)) continue;
    found[p.parameter] = p.kind === "number" ? Number(given) : p.choices.find((each) => String(each.value) === given).value;
  }
  return found;
}

// What was typed and set is kept until the order lies on the table.
function compose(c, target, set) {
  const unit = set ? typed.get(`u${c.response}`) : "";
  propose(c.response, target, set ? values(set) : {}, (typed.get("reason") || "").trim(), unit ? [unit] : [], () => {
    for (const key of [...typed.keys()]) if (key === "reason" || key === `u${c.response}` || key.startsWith(`p${c.response}.`)) typed.delete(key);
    exact = null;
    scrollTo(0, 0);
  });
}

function hearing(v) {
  read = v.messages.reduce((most, m) => Math.max(most, m.serial), read);
  typed.set("#said", v.said.length);
  const all = [...v.messages.map((m) => ({ tick: m.tick, node: () => el("div", "card", el("p", "soft small-text", `${clock(m.tick, v.start_min)} · ${via(m.via)}${m.grade && m.via !== "clock" ? ` · ${t("source", "来源等级")} ${m.grade}` : ""}`), el("p", m.needs_answer ? "strong" : "", say(m.text))) })),
    ...v.said.map((m) => ({ tick: m.tick, node: () => el("div", "card", el("p", "soft small-text", `${m.tick >= 0 ? clock(m.tick, v.start_min) : "…"} · ${seat(m.from)} → ${seat(m.to)}`), el("p", "", m.text)) }))];
  if (!all.length) return [el("p", "soft", t("Nothing has come in yet.", "还没有消息。"))];
  const graded = v.messages.some((m) => m.grade && m.via !== "clock");
  return [graded ? el("p", "soft small-text", t("Source A to E: from seen with own eyes to nobody knows who says it.", "来源等级从A到E：A为亲眼所见，E为来源不明。")) : null,
    ...all.sort((a, b) => b.tick - a.tick).map((each) => each.node())].filter(Boolean);
}

function post(v) {
  const p = v.pages, parts = [];
  if (p.crowd) parts.push(el("div", "card", el("h3", "", t("Crowd, as reported", "人群（据报告）")), el("p", "strong", state(p.crowd.state)),
    el("p", "", t(`about ${p.crowd.estimate} people, up to ${p.crowd.density} per m²`, `约${p.crowd.estimate}人，最密处每平方米${p.crowd.density}人`)),
    p.crowd.age_s >= 0 ? el("p", "soft small-text", t(`reported ${left(p.crowd.age_s * 10)} ago`, `${left(p.crowd.age_s * 10)}前的报告`)) : null,
    p.crowd.crush && el("p", "bad strong", t("CRUSH ALARM", "踩踏警报"))));
  if (p.units) parts.push(el("div", "card", el("h3", "", t("Units", "警力")), ...p.units.map((u) => el("p", "small-text", el("span", "strong", u.unit), ` ${say(me.signs[u.unit.split("-")[0]])} (${u.strength}) `,
    u.eta_s > 0 ? t(`in ${left(u.eta_s * 10)}`, `${left(u.eta_s * 10)}后到`) : u.busy ? say(u.busy) : t("free", "空闲")))));
  if (p.talks) parts.push(el("div", "card", el("h3", "", t("Talks", "沟通")), el("p", "", p.talks.contact ? t("Contact is made.", "已建立联系。") : t("Nobody has spoken with them.", "还没有人去沟通。")),
    ...p.talks.demands.map((d) => el("p", "", "• ", say(d)))));
  if (p.claims) parts.push(el("div", "card", el("h3", "", t("Claims", "传闻与线索")), ...(p.claims.length ? p.claims.map((c) => el("p", "small-text", say(c.text), " ", el("span", "strong",
    c.checking ? t("being checked", "核实中") : { "": t("not checked", "未核实"), true: t("confirmed", "属实"), false: t("false", "不实"), unclear: t("unclear", "不明") }[c.verdict]))) : [el("p", "soft", t("None.", "无。"))])));
  if (p.rulings) parts.push(el("div", "card", el("h3", "", t("Rulings", "合法性审查")), ...(p.rulings.length ? p.rulings.map((r) => el("p", r.accepted ? "small-text" : "small-text bad", `${r.proposal}. ${say(r.title)}${t(": ", "：")}`,
    r.accepted ? t("accepted", "准予") : r.why.map(say).join(" · "))) : [el("p", "soft", t("None yet.", "暂无。"))])));
  parts.push(el("div", "card", el("h3", "", t("Seats", "席位")), ...v.seats.map((s) => el("p", "small-text", el("span", "strong", seat(s.seat)), " ", s.who ? person(s.who) : t("empty", "空缺")))));
  return parts;
}

function talking(v) {
  const to = chosen("to", ["all", ...v.seats.filter((s) => s.who && s.seat !== me.role).map((s) => s.seat)].map((each) => [each, seat(each)]), t("To", "发给"), "all");
  return [el("div", "card", el("h3", "", t("Say to", "发给")), to, el("p"), field("say", t("Message, no names", "消息（不写姓名）"), true), el("p"),
    button(t("Send", "发送"), () => { const text = take("say"); if (text) line.do("say", { to: to.value || "all", text }, "", answered); draw(); }, "main choice")), ...hearing(v).slice(0, 5)];
}

// Nobody has to wait: with each decision those who look on say what they think will come, and how sure they are.
function predicting(v) {
  const parts = [];
  for (const q of [...v.questions].reverse()) {
    const asked = v.windows.find((w) => w.window === q.window);
    const said = me.predicted[q.question], open = q.closes_tick > v.tick && v.phase === "running";
    const acts = open ? shares([5, 20, 35, 50, 65, 80, 95], said, (n) => line.do("predict", { question: q.question, percent: n }, "", (m) => { if (m.type === "ack") me.predicted[q.question] = n; answered(m); })) : null;
    parts.push(el("div", "card", asked ? el("h3", "", say(asked.question)) : null, ...picking(q, asked, v), el("p", "strong", t("In three minutes, will the crowd be agitated or worse?", "三分钟后，人群会激动或更糟吗？")),
      el("p", "soft small-text", t(`What counts is how it is at ${clock(q.due_tick, v.start_min)}.`, `以${clock(q.due_tick, v.start_min)}时的情况为准。`)), acts,
      el("p", "", said === undefined ? t("not answered", "未回答") : `${said}%`, q.came === null ? (v.phase === "over" && said !== undefined ? t(" · not scored", " · 不计分") : "") : q.came ? t(" · it came", " · 发生了") : t(" · it did not", " · 没有发生"))));
  }
  const own = (v.brier || []).find((b) => b.who === me.who);
  if (own) parts.unshift(el("div", "card", el("h3", "", t("Your calibration (Brier)", "您的校准得分（Brier）")), el("p", "strong", own.score.toFixed(3)),
    el("p", "soft small-text", t("0 is perfect, 0.25 is what always saying 50 % earns", "0 为最好；总说 50% 得 0.25"))));
  if (!parts.length) parts.push(el("p", "soft", t("A question comes with each decision.", "每个决策都会带来一个预测问题。")));
  for (const p of [...v.proposals].reverse().slice(0, 6)) parts.push(proposal(p, v));
  return parts;
}
const shares = (all, now, act) => el("div", "shares", ...all.map((n) => button(`${n}%`, () => act(n), now === n ? "small main" : "small")));

// Which answer will come out best: an answer first, then how sure; both count from then on, and can be changed until it is decided.
function picking(q, asked, v) {
  if (!asked || asked.choices.length < 2) return [];
  const key = `pick${q.question}`, mine = me.picked[q.question], open = asked.status === "open" && v.phase === "running";
  const choice = typed.get(key) || (mine && mine.choice), name = (n) => say(asked.choices[n - 1].title);
  // Only what was taken stands here as said: a pick that came too late is none.
  const send = (n, percent) => line.do("pick", { question: q.question, choice: n, percent }, "", (m) => { if (m.type === "ack") me.picked[q.question] = { choice: n, percent }; typed.delete(key); answered(m); });
  if (!open) return [el("p", "", t("Best answer, you said: ", "您认为最好的回答："), mine ? el("span", "strong", `${name(mine.choice)} · ${mine.percent}%`) : t("nothing", "未作答"))];
  return [el("p", "strong", t("Which answer will come out best?", "哪个回答结果会最好？")),
    ...asked.choices.map((c, k) => button(say(c.title), () => { typed.set(key, k + 1); if (mine) send(k + 1, mine.percent); draw(); }, choice === k + 1 ? "choice main" : "choice")),
    choice ? el("p", "soft small-text", t("How sure are you?", "您有多大把握？")) : null,
    choice ? shares([20, 35, 50, 65, 80, 95], mine && mine.choice === choice ? mine.percent : null, (n) => send(choice, n)) : null];
}

function noting(v) {
  return [el("div", "card", el("h3", "", t("Note, stamped to this moment", "记录（打上当前时刻）")), field("note", t("What do you see the squad do?", "您看到小组在做什么？"), true), el("p"),
    button(t("Keep", "保存"), () => { const text = take("note"); if (text) line.do("note", { text }, "", answered); draw(); }, "main choice")),
  ...[...(v.notes || [])].reverse().map((n) => el("p", "small-text", `${clock(n.tick, v.start_min)} ${person(n.who)}${t(": ", "：")}${n.text}`))];
}

Room.start(draw);
steady();
const link = location.hash.slice(1);
if (link) history.replaceState(null, "", location.pathname);
if (line.token || link) line.hello(link ? { link } : null);
draw();
