"use strict";
// What all three pages share: the socket, messages that are sent until they are acknowledged, and words in two languages.

const Room = (() => {
  const pick = () => localStorage.getItem("cg-language") || (navigator.language.startsWith("zh") ? "zh" : "en");
  let language = pick();
  const t = (en, zh) => (language === "zh" ? zh : en);
  const say = (text) => (text === null || text === undefined ? "" : typeof text === "object" ? text[language] || text.en || "" : String(text));

  // Every text goes in as text: nothing that comes over the wire is ever taken for markup.
  function el(tag, name, ...inside) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    for (const each of inside) {
      if (each === null || each === undefined || each === false) continue;
      made.append(each instanceof Node ? each : document.createTextNode(String(each)));
    }
    return made;
  }
  // True while what somebody pressed is being done: a page that changes by it surprises nobody.
  let acting = false;
  function button(text, act, name) {
    const made = el("button", name || "", text);
    made.type = "button";
    made.addEventListener("click", () => { acting = true; try { act(); } finally { acting = false; } });
    return made;
  }
  function fill(node, ...inside) {
    node.replaceChildren(...inside.filter((each) => each !== null && each !== undefined && each !== false));
  }

  const hex = (n) => Array.from(crypto.getRandomValues(new Uint8Array(n)), (b) => b.toString(16).padStart(2, "0")).join("");

  // A socket that comes back by itself. What was to be done is kept until it is acknowledged, and sent again. Nothing here
  // asks for the time of day: a phone may set it back by a day in the middle of a drill.
  // Most losses last a moment: the first tries follow each other quickly, later ones come more than once a second, after a
  // minute every two or three seconds, and never all phones' at once. After two sockets that did not open the room is asked for by an ordinary request
  // first, since browsers let a page wait longer and longer for a socket that failed, but not for a request.
  const FIRST_MS = 100, GROW = 1.5, MOST_MS = 700, LATER_MS = 2500, LATER = 90;
  const OPENS_MS = 6000, QUIET_MS = 4000, HURRY_MS = 500;
  class Line {
    constructor(key, on) {
      this.key = key;
      this.on = on;
      this.waiting = new Map();
      this.first = null;
      this.tries = 0;
      this.ready = false;
      this.coming = this.doors = null;
      this.heard = this.began = performance.now();
      this.asked = 0;
      setInterval(() => this.watch(), 1000);
      setInterval(() => this.nudge(), 3000);
      document.addEventListener("visibilitychange", () => { if (!document.hidden) this.hurry(); });
      for (const kind of ["online", "pageshow", "pointerdown"]) addEventListener(kind, () => this.hurry());
    }
    get token() { return localStorage.getItem(this.key) || ""; }
    set token(value) { value ? localStorage.setItem(this.key, value) : localStorage.removeItem(this.key); }
    get wanted() { return this.token || this.first; }
    hello(way) {
      this.first = way;
      // A line that is held until the room is there has said what it had to say: other words need another line.
      if (this.coming !== null) this.drop();
      this.open();
    }
    open() {
      if (this.busy) return;
      clearTimeout(this.timer);
      this.began = performance.now();
      if (this.tries >= 2) this.knock();
      else this.connect();
    }
    // True while a socket is there or on its way, or somebody knocks.
    get busy() { return Boolean(this.knocking || (this.socket && this.socket.readyState < 2)); }
    async knock() {
      const stop = this.knocking = new AbortController(), timer = setTimeout(() => stop.abort(), OPENS_MS);
      const there = await fetch("/here", { cache: "no-store", signal: stop.signal }).then(() => true, () => false);
      clearTimeout(timer);
      if (this.knocking !== stop) return;
      this.knocking = null;
      this.began = performance.now();
      if (there) this.connect();
      else this.again();
    }
    connect() {
      const scheme = location.protocol === "https:" ? "wss" : "ws";
      const socket = new WebSocket(`${scheme}://${location.host}/ws`);
      this.socket = socket;
      socket.onopen = () => {
        this.heard = performance.now();
        const way = this.token ? { token: this.token } : this.first;
        if (way) socket.send(JSON.stringify({ type: "hello", protocol: 1, ...way }));
        else socket.close();
      };
      socket.onmessage = (event) => this.take(JSON.parse(event.data));
      socket.onclose = (event) => this.lose(event.code);
    }
    lose(code) {
      const was = this.ready, old = this.socket;
      old.onopen = old.onmessage = old.onclose = null;
      this.socket = this.coming = this.doors = null;
      this.ready = false;
      this.asked = 0;
      if (code === 4001) this.token = "";
      else if (this.wanted) this.again();
      this.on.lost(code, was);
    }
    again() {
      const most = this.tries < LATER ? MOST_MS : LATER_MS, wait = Math.min(most, FIRST_MS * GROW ** this.tries);
      this.tries += 1;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.open(), wait * (0.5 + Math.random()));
    }
    // The phone was woken, touched, or has a network again: no reason to wait any longer.
    hurry() {
      if (this.ready) this.ask_here();
      else if (this.wanted && performance.now() - this.began > HURRY_MS) {
        if (this.busy && performance.now() - Math.max(this.began, this.heard) > OPENS_MS / 3) this.drop();
        this.open();
      }
    }
    // A line may be dead without a word: whoever hears nothing for a while asks, and whoever gets no answer comes in anew.
    watch() {
      const now = performance.now();
      if (this.ready && this.asked && this.heard < this.asked) { if (now - this.asked > QUIET_MS) this.drop(); }
      else if (this.ready && now - this.heard > QUIET_MS) this.ask_here();
      else if (!this.ready && this.socket && now - Math.max(this.began, this.heard) > OPENS_MS) this.drop();
    }
    ask_here() {
      if (performance.now() - this.heard < HURRY_MS || (this.asked && this.heard < this.asked)) return;
      this.asked = performance.now();
      this.ask("here");
    }
    drop() {
      if (this.knocking) { this.knocking.abort(); this.knocking = null; }
      const old = this.socket;
      if (old) { this.lose(1006); old.close(); }
    }
    take(message) {
      this.heard = performance.now();
      if (message.type === "coming") { this.coming = message.percent; this.doors = message.code ? message : null; }
      if (message.type === "welcome") {
        this.ready = true;
        this.coming = null;
        this.tries = 0;
        this.first = null;
        if (message.token) this.token = message.token;
        for (const each of this.waiting.values()) { each.at = performance.now(); this.socket.send(JSON.stringify(each.message)); }
      }
      if (message.type === "error" && !this.ready && message.code === "bad-code" && this.token) {
        // The token is of another room: forget it and come in as somebody new.
        this.token = "";
        this.tries = 0;
        this.socket.close();
      } else if (message.type === "error" && !this.ready) {
        this.first = null;
        this.socket.close();
      }
      if ((message.type === "ack" || message.type === "error") && message.id && message.code !== "slow-down") {
        const each = this.waiting.get(message.id);
        this.waiting.delete(message.id);
        if (each && each.then) each.then(message);
      }
      if (message.type !== "here") this.on.message(message);
    }
    nudge() {
      if (!this.ready || !this.waiting.size) return;
      for (const each of this.waiting.values()) if (performance.now() - each.at > 3000) { each.at = performance.now(); this.socket.send(JSON.stringify(each.message)); }
    }
    ask(type, what) { if (this.ready) this.socket.send(JSON.stringify({ type, ...what })); }
    do(kind, data, squad, then) {
      const message = { type: "do", id: hex(8), kind, data: data || {} };
      if (squad) message.squad = squad;
      this.waiting.set(message.id, { message, at: performance.now(), then });
      if (this.ready) this.socket.send(JSON.stringify(message));
    }
  }

  // A countdown that was running when the drill ended is no decision any more.
  const openWindows = (v) => (v.phase === "over" ? [] : v.windows.filter((w) => w.status === "open"));
  const same = (order, c) => order.response === c.response && order.target === c.target && JSON.stringify(order.parameters) === JSON.stringify(c.parameters);
  // Two answers of one kind, such as "it is so" and "it is not so", are told apart by the words of the choice.
  function named(p, v) {
    const choice = v.windows.filter((w) => w.window === p.window).flatMap((w) => w.choices).find((c) => same(p.order, c));
    return say(choice ? choice.title : p.title);
  }

  // A list somebody has opened is not drawn anew under their finger, for a while; then what is new counts for more.
  const HELD_MS = 15000;
  let held = -HELD_MS;
  function list(key, options, now, change) {
    const made = el("select", "");
    made.dataset.key = key;
    for (const [value, text] of options) { const option = el("option", "", text); option.value = String(value); made.append(option); }
    made.value = options.some(([value]) => String(value) === String(now)) ? String(now) : options.length ? String(options[0][0]) : "";
    for (const kind of ["pointerdown", "keydown"]) made.addEventListener(kind, () => { held = performance.now(); });
    made.addEventListener("change", () => { held = -HELD_MS; change(made.value); });
    return made;
  }
  // Nor is a page drawn anew between pressing a button and letting it go: the press would find nothing to arrive at.
  const PRESSED_MS = 2000, AIMED_MS = 400;
  let pressed = -PRESSED_MS, put = null, changed = -AIMED_MS, aims = [];
  addEventListener("pointerdown", () => { pressed = performance.now(); }, true);
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, () => { pressed = -PRESSED_MS; setTimeout(() => { if (put) put(); }); }, true);
  const holding = () => performance.now() - pressed < PRESSED_MS || (document.activeElement && document.activeElement.tagName === "SELECT" && performance.now() - held < HELD_MS);

  // The page anew with `parts`, or a little later. A field somebody types in stays, with what is half typed in it: an input
  // method that writes Chinese loses the word when its field is taken away. The focus stays on what had it.
  function renew(page, parts, draw) {
    if (holding()) { put = draw; return; }
    put = null;
    const before = lying(page), active = page.contains(document.activeElement) ? document.activeElement : null, key = active && active.dataset.key;
    const fresh = el("div", "", ...parts), twin = key ? fresh.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
    const which = active && active.tagName === "BUTTON" ? like(page, active).indexOf(active) : -1;
    if (twin && active.matches("input, textarea")) graft(page, fresh, active, twin);
    else {
      fill(page, ...fresh.childNodes);
      const again = twin || (which >= 0 && like(page, active)[which]);
      if (again) again.focus({ preventScroll: true });
    }
    const after = lying(page);
    if (after.length !== before.length || after.some((each, k) => each.text !== before[k].text)) { changed = acting ? -AIMED_MS : performance.now(); aims = before; }
  }
  const like = (page, made) => [...page.querySelectorAll("button")].filter((each) => each.textContent === made.textContent);
  const lying = (page) => [...page.querySelectorAll("main button")].map((made) => ({ text: made.textContent, at: made.getBoundingClientRect() }));
  // Everything around the kept field is replaced; it and what it lies in are not.
  function graft(old, fresh, kept, twin) {
    const holds = (node, what) => [...node.childNodes].find((each) => each.contains(what));
    const here = holds(old, kept), there = holds(fresh, twin), all = [...fresh.childNodes], at = all.indexOf(there);
    if (here.tagName !== there.tagName || (here === kept) !== (there === twin)) { fill(old, ...all); twin.focus(); return; }
    for (const each of [...old.childNodes]) if (each !== here) each.remove();
    here.before(...all.slice(0, at));
    here.after(...all.slice(at + 1));
    here.className = there.className;
    if (here !== kept) graft(here, there, kept, twin);
    else if (kept.value !== twin.value) kept.value = twin.value;
  }
  // A tap that was on its way to one button when another came to lie there was meant for the first, and does nothing.
  // The time is an assumption: about as long as a thumb takes from deciding to touching.
  function steady() {
    addEventListener("click", (event) => {
      const hit = event.target.closest("main button");
      if (!hit || !event.detail || performance.now() - changed > AIMED_MS) return;
      const was = aims.find(({ at }) => event.clientX >= at.left && event.clientX < at.right && event.clientY >= at.top && event.clientY < at.bottom);
      if (was && was.text !== hit.textContent) event.stopPropagation();
    }, true);
  }

  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  function clock(tick, startMin) {
    const seconds = startMin * 60 + Math.floor(tick / 10), size = Math.abs(seconds);
    return (seconds < 0 ? "-" : "") + two(size / 60) + ":" + two(size % 60);
  }
  const left = (ticks) => { const s = Math.max(0, Math.ceil(ticks / 10)); return s >= 60 ? `${Math.floor(s / 60)}:${two(s % 60)}` : t(`${s} s`, `${s}秒`); };
  let birds = {};
  function person(who) {
    if (!who || language !== "zh") return who || "";
    const [bird, number] = who.split("-");
    return birds[bird] ? birds[bird] + number : who.replace(/^instructor/, "教官");
  }
  const seats = () => ({
    commander: t("Commander", "现场指挥员"), gold: t("Gold", "金级"), silver: t("Silver", "银级"), bronze: t("Bronze", "铜级"),
    liaison: t("Liaison", "联络与谈判"), public_information: t("Public information", "新闻发布"), legal: t("Legal and record", "法制与记录"),
    tactical: t("Tactical lead", "处置组长"), observer: t("Observer", "观察员"), waiting: t("Waiting", "等候"),
    controller: t("Instructor", "教官"), default: t("default", "默认选项"), all: t("everybody", "所有人"),
  });
  const seat = (name) => seats()[name] || name;
  const via = (name) => ({
    radio: t("radio", "电台"), call: t("phone", "电话"), scene: t("scene", "现场"), social: t("online", "网络"), department: t("department", "部门"),
    command: t("command", "上级"), hospital: t("hospital", "医院"), media: t("press", "媒体"), clock: t("clock", "时钟"), information: t("information", "情报"),
  })[name] || name;
  const state = (n) => [t("calm", "平静"), t("tense", "紧张"), t("agitated", "激动"), t("clash", "冲突"), t("dispersing", "正在散去"), t("resolved", "平息")][n]
    || t("nobody sees the crowd", "没有人能看到人群");
  const status = (name) => ({
    open: t("proposed", "已提议"), seconded: t("seconded", "已附议"), carried: t("carried", "已执行"), dropped: t("dropped", "未采纳"),
    lapsed: t("lapsed", "已失效"), withdrawn: t("withdrawn", "已撤回"), refused: t("refused by the rules", "被规则驳回"),
    answered: t("answered", "已决定"), expired: t("ran out: default", "超时，执行默认"), never: t("did not come up", "未出现"),
  })[name] || name;
  const stopped = (text) => (text === "↻"
    ? t("The computer was restarted. Nothing is lost; the instructor goes on when everybody is back.", "电脑重新启动过，没有丢失任何内容；人到齐后由教官继续。")
    : text || t("Stopped by the instructor", "教官叫停"));

  // ---- what came of it: squads side by side, the same decisions in the same order
  // From the second round on a squad's name ends with the number of the round.
  let names = {};
  function squadTitle(name) {
    const [, letter, round] = /^(\D*)(\d*)$/.exec(name || "");
    return `${t("Squad", "小组")}\u00a0${names[letter] || letter}${round ? t(`, round ${round}`, `（第${round}轮）`) : ""}`;
  }
  const squadName = (s) => squadTitle(s.squad);
  const answer = (s, own) => el("div", "strong", own.response ? say(own.says || s.titles[own.response] || own.response) : "–");
  function timing(s, own) {
    const at = own.tick < 0 ? "" : t(`asked at ${clock(own.tick, s.start_min)}`, `${clock(own.tick, s.start_min)} 提出`);
    if (own.after_s === null) return at;
    const after = Math.round(own.after_s), late = Math.round(own.late_s);
    return at + (own.late_s > 0 ? t(`, answered after ${after} s: ${late} s late (experienced: ${own.expert_s} s)`, `，${after}秒后决定，迟${late}秒（有经验者${own.expert_s}秒）`)
      : t(`, answered after ${after} s: in time (experienced: ${own.expert_s} s)`, `，${after}秒后决定，及时（有经验者${own.expert_s}秒）`));
  }
  function price(s, own) {
    if (own.cost === null) return own.status === "never" || own.status === "open" || !s.reviewing ? el("div", "soft", t("not compared", "未比较")) : el("div", "soft", t("being reviewed …", "复盘中……"));
    const points = own.cost.toFixed(1) + (own.margin === null ? "" : ` ± ${own.margin.toFixed(1)}`);
    if (own.stands === "nothing") return el("div", "strong good", t("cost about nothing", "几乎没有代价"));
    if (own.stands === "unsure") return el("div", "soft", s.reviewing ? t("being reviewed …", "复盘中……") : own.margin === null ? t("what it cost cannot be told", "代价无法判断") : t(`what it cost cannot be told: ${points}`, `代价无法判断：${points}`));
    // The same decision may cost one squad much and another nothing, by what came after it.
    if (own.stands === "later") return el("div", "", el("span", "strong", t(`cost ${points}, but only with what the squad did later`, `代价 ${points}，但只因小组后来的处置`)),
      el("div", "soft", t(`with a competent commander from the next decision on: ${own.played_on.toFixed(1)}`, `若此后处置得当：${own.played_on.toFixed(1)}`)));
    const better = own.better ? el("div", "soft", t("better: ", "更好："), say(own.better_says || s.titles[own.better] || own.better)) : null;
    return el("div", "", el("span", "strong", t(`cost ${points}`, `代价 ${points}`)), better);
  }
  const cell = (s, k) => { const own = s.card.lines[k]; return [answer(s, own), own.untrue ? el("div", "bad strong", t("what it said was not so", "所说的内容不属实")) : null, el("div", own.status !== "answered" || own.untrue || own.marked ? "warn" : "good", own.status === "open" ? t("undecided when it ended", "结束时尚未决定") : status(own.status)),
    own.marked ? el("div", "bad strong", t("unlawful by the rules", "规则认定违法")) : null,
    el("div", "soft", [timing(s, own), own.seat && own.seat !== "default" ? seat(own.seat) : ""].filter(Boolean).join(" · ")), price(s, own)]; };
  const totals = () => [
    [t("Answered", "已决定"), (s) => `${s.card.answered} / ${s.card.came}`], [t("In time", "及时"), (s) => `${s.card.in_time} / ${s.card.came}`],
    [t("Cost of all decisions", "全部决定的代价"), (s) => { const known = s.card.lines.filter((l) => l.cost !== null); const sum = known.reduce((all, l) => all + (l.stands === "costs" ? l.cost : 0), 0); return !known.length ? (s.reviewing ? t("being reviewed …", "复盘中……") : "–") : sum ? sum.toFixed(1) : known.every((l) => l.stands !== "unsure") ? t("about nothing", "几乎没有") : s.reviewing ? t("being reviewed …", "复盘中……") : t("cannot be told", "无法判断"); }],
    [t("Score of the run, of 100", "本次得分（满分100）"), (s) => (s.total === null ? "–" : `${s.total.toFixed(1)} (${s.grade || "–"})`)],
    [t("Proposals, dissents", "提议数、不同意见数"), (s) => `${s.proposals}, ${s.dissents}`]];

  // What those who looked on had said would come out best, beside what did; on a phone those of its own squad.
  const came = (value) => (value === null || value === undefined ? el("span", "soft", t("cannot be told", "无法判断")) : value ? el("span", "good strong", t("came out best", "结果最好")) : el("span", "warn", t("another was better", "有更好的回答")));
  const scored = (what, found) => (found ? `${what} ${found.score.toFixed(3)} (${found.questions})` : "");
  function foresight(report, own) {
    const shown = report.filter((s) => s.foresight.length && (!own || s.squad === own));
    if (!shown.length) return [];
    const parts = [el("h3", "", t("What those who looked on said", "旁观者的预测"))];
    for (const s of shown) {
      if (report.length > 1) parts.push(el("p", "strong", squadName(s)));
      for (const line of s.card.lines) {
        const picks = s.picks.filter((p) => p.window === line.window);
        if (!picks.length) continue;
        parts.push(el("div", "sum", el("p", "soft", say(line.question)), ...s.laid_out[line.window].map((each, k) => { const by = picks.filter((p) => p.choice === k + 1);
          return el("p", "small-text", el("span", "strong", say(each.title)), " · ", s.reviewing && each.came === null ? el("span", "soft", t("being reviewed …", "复盘中……")) : came(each.came), by.length ? t(" · picked by ", " · 选择者：") : "", by.map((p) => `${person(p.who)} ${p.percent}%`).join(t(", ", "、"))); })));
      }
      for (const each of s.foresight) parts.push(el("p", "small-text", el("span", "strong", person(each.who)), t(" Brier: ", " Brier："),
        [scored(t("crowd", "人群"), each.state), scored(t("best answer", "最好的回答"), each.picks), each.untold ? t(`not scored, cannot be told: ${each.untold}`, `无法判断，不计分：${each.untold}`) : ""].filter(Boolean).join(" · ") || t("nothing to score", "没有可计分的预测")));
    }
    parts.push(el("p", "soft small-text", t("Brier: 0 is perfect, always saying 50 % earns 0.25; in brackets how many count. An answer came out best where the review has it surely within five points of every other that was laid out, so several may.", "Brier：0 为最好，总说 50% 得 0.25；括号内为计分的次数。复盘确认与其他各选项相差不超过五分的回答算作最好，因此可以不止一个。")));
    return parts;
  }

  // What the instructor did in one squad and not in another: from then on they did not have the same before them.
  const deed = (act) => ({ fire: t("brought forward", "提前触发"), delay: t("moved in time", "改变时间"), skip: t("skipped", "跳过"), edit: t("reworded", "改写"), add: t("brought in", "插入"), nudge: t("moved unseen", "调整了看不见的量") })[act.what] || act.what;
  const same_deed = (a, b) => a.what === b.what && a.about === b.about && say(a.text) === say(b.text);
  function apart(report) {
    const own = report.map((s) => s.acts.filter((act) => report.some((other) => !other.acts.some((each) => same_deed(each, act)))));
    if (report.length < 2 || own.every((acts) => !acts.length)) return [];
    return [el("h3", "", t("What the instructor did not do in every squad", "教官并非在各小组都做的事")), ...report.map((s, k) => (own[k].length ? el("p", "small-text", el("span", "strong", squadName(s)), t(": ", "："), own[k].map((act) => `${clock(act.tick, s.start_min)} ${deed(act)}${act.text ? t(": ", "：") + say(act.text) : act.about ? ` (${act.about})` : ""}`).join(t("; ", "；"))) : null))];
  }

  function result(report, narrow, own) {
    if (!report) return null;
    const lines = report[0].card.lines, parts = [el("h2", "", t("What came of it", "演练结果"))];
    if (narrow) {
      // A phone shows one decision below the other, and in it one squad below the other.
      lines.forEach((line, k) => parts.push(el("div", "sum", el("h3", "", say(line.question)), ...report.map((s) => el("div", "side", report.length > 1 ? el("div", "soft", squadName(s)) : null, ...cell(s, k))))));
      parts.push(el("div", "sum", ...totals().map(([label, get]) => el("p", "", el("span", "soft", label + " "), el("span", "strong", report.map((s) => (report.length > 1 ? `${squadName(s)}${t(": ", "：")}${get(s)}` : get(s))).join(" · "))))));
    } else {
      const head = el("tr", "", el("th", "", t("Decision", "决定")), ...report.map((s) => el("th", "", squadName(s))));
      const rows = lines.map((line, k) => el("tr", "", el("td", "", say(line.question)), ...report.map((s) => el("td", "", ...cell(s, k)))));
      const sums = totals().map(([label, get]) => el("tr", "", el("th", "", label), ...report.map((s) => el("td", "strong", get(s)))));
      parts.push(el("div", "wide", el("table", "", head, ...rows, ...sums)));
    }
    for (const s of report) for (const d of s.dissent) parts.push(el("p", "small-text warn", `${report.length > 1 ? squadName(s) + " · " : ""}${seat(d.seat)} (${d.proposal})${t(": ", "：")}${d.reason}`));
    parts.push(...foresight(report, own));
    if (report[0].debrief.length) parts.push(el("h3", "", t("To talk about", "讨论")), ...report[0].debrief.map((q) => el("p", "", "• ", say(q))));
    const alike = report.length > 1 && report.every((s) => s.seed === report[0].seed) ? t("All squads began with the same people and the same chances. ", "各小组从同样的人群和同样的偶然因素开始。") : "";
    parts.push(...apart(report));
    parts.push(el("p", "soft small-text", alike, t("Cost: points against the best lawful answer to the same question, by the review, with its 95 % interval. Training only: figures hold in this model.",
      "代价：复盘得出的、与对同一问题最好的合法回答相差的分数及 95% 区间。仅供训练：数字只在本模型内成立。")));
    return el("div", "card result", ...parts);
  }

  // Dark or light: as the device is set, until somebody switches it here; then as they want it.
  const night = matchMedia("(prefers-color-scheme: dark)");
  const looks = () => localStorage.getItem("cg-look") || (night.matches ? "dark" : "light");
  const dress = () => { document.documentElement.dataset.look = looks(); };
  const shade = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  function dark(then) {
    const made = button("◐", () => { localStorage.setItem("cg-look", looks() === "dark" ? "light" : "dark"); dress(); then(); }, "small fix");
    made.title = t("Dark or light", "深色或浅色");
    made.setAttribute("aria-label", made.title);
    return made;
  }

  // A further round is played up to where the drill begins, which takes a big incident half a minute.
  const preparing = (done) => (done > 0 ? t(`Another run is being prepared: ${done} %`, `正在准备下一轮：${done}%`) : t("Another run is being prepared …", "正在准备下一轮……"));
  // What stands where a room should, while there is none to see.
  const away = (line) => (line.coming === null ? t("No connection. Coming back by itself …", "连接中断，正在自动恢复……")
    : t(`The room is being made ready: ${line.coming}\u00a0%. Stay here, it goes on by itself.`, `房间正在准备：${line.coming}%。请勿关闭，完成后会自动进入。`));
  // What an instructor's page and a shared screen say whose room was closed on purpose.
  const linkEnded = () => t("This link ended when the room was closed. Open the one the program has printed now.", "此链接已随房间关闭而失效，请打开程序刚给出的链接。");

  return {
    preparing, away, t, say, el, button, fill, dark, shade, squadTitle, openWindows, linkEnded, same, named, list, renew, steady, Line, clock, left, person, seat, via, state, status, stopped, result,
    set birds(value) { birds = value || {}; },
    set names(value) { names = value || {}; },
    get language() { return language; },
    turn(then) { language = language === "zh" ? "en" : "zh"; localStorage.setItem("cg-language", language); document.documentElement.lang = language; then(); },
    start(then) { document.documentElement.lang = language; dress(); night.addEventListener("change", () => { dress(); then(); }); },
  };
})();
