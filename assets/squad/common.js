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
  function button(text, act, name) {
    const made = el("button", name || "", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }
  function fill(node, ...inside) {
    node.replaceChildren(...inside.filter((each) => each !== null && each !== undefined && each !== false));
  }

  const hex = (n) => Array.from(crypto.getRandomValues(new Uint8Array(n)), (b) => b.toString(16).padStart(2, "0")).join("");

  // A socket that comes back by itself. What was to be done is kept until it is acknowledged, and sent again.
  class Line {
    constructor(key, on) {
      this.key = key;
      this.on = on;
      this.waiting = new Map();
      this.first = null;
      this.wait = 300;
      this.ready = false;
      this.heard = 0;
      setInterval(() => this.nudge(), 3000);
      document.addEventListener("visibilitychange", () => { if (!document.hidden && !this.ready) this.open(); });
      addEventListener("online", () => this.open());
    }
    get token() { return localStorage.getItem(this.key) || ""; }
    set token(value) { value ? localStorage.setItem(this.key, value) : localStorage.removeItem(this.key); }
    hello(way) { this.first = way; this.open(); }
    open() {
      if (this.socket && this.socket.readyState < 2) return;
      clearTimeout(this.timer);
      const scheme = location.protocol === "https:" ? "wss" : "ws";
      const socket = new WebSocket(`${scheme}://${location.host}/ws`);
      this.socket = socket;
      socket.onopen = () => {
        const way = this.token ? { token: this.token } : this.first;
        if (way) socket.send(JSON.stringify({ type: "hello", protocol: 1, ...way }));
        else socket.close();
      };
      socket.onmessage = (event) => this.take(JSON.parse(event.data));
      socket.onclose = (event) => {
        const was = this.ready;
        this.ready = false;
        this.on.lost(event.code, was);
        if (event.code === 4001) { this.token = ""; return; }
        if (this.token || this.first) {
          this.timer = setTimeout(() => this.open(), this.wait);
          this.wait = Math.min(4000, this.wait * 1.6);
        }
      };
    }
    take(message) {
      if (message.type === "welcome") {
        this.ready = true;
        this.wait = 300;
        this.first = null;
        if (message.token) this.token = message.token;
        for (const each of this.waiting.values()) this.socket.send(JSON.stringify(each.message));
      }
      if (message.type === "error" && !this.ready && message.code === "bad-code" && this.token) {
        // The token is of another room: forget it and come in as somebody new.
        this.token = "";
        this.wait = 300;
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
      this.on.message(message);
    }
    nudge() {
      if (!this.ready || !this.waiting.size) return;
      for (const each of this.waiting.values()) if (Date.now() - each.at > 3000) { each.at = Date.now(); this.socket.send(JSON.stringify(each.message)); }
    }
    ask(type) { if (this.ready) this.socket.send(JSON.stringify({ type })); }
    do(kind, data, squad, then) {
      const message = { type: "do", id: hex(8), kind, data: data || {} };
      if (squad) message.squad = squad;
      this.waiting.set(message.id, { message, at: Date.now(), then });
      if (this.ready) this.socket.send(JSON.stringify(message));
    }
  }

  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  function clock(tick, startMin) {
    const seconds = startMin * 60 + Math.floor(tick / 10), size = Math.abs(seconds);
    return (seconds < 0 ? "-" : "") + two(size / 60) + ":" + two(size % 60);
  }
  const left = (ticks) => { const s = Math.max(0, Math.ceil(ticks / 10)); return s >= 60 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${s} s`; };
  let birds = {};
  function person(who) {
    if (!who || language !== "zh") return who || "";
    const [bird, number] = who.split("-");
    return birds[bird] ? birds[bird] + number : who === "instructor" ? "教官" : who;
  }
  const seats = () => ({
    commander: t("Commander", "现场指挥员"), gold: t("Gold", "金级"), silver: t("Silver", "银级"), bronze: t("Bronze", "铜级"),
    liaison: t("Liaison", "联络与谈判"), public_information: t("Public information", "信息发布"), legal: t("Legal and record", "法制与记录"),
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

  function result(report, name) {
    // Squads side by side: the same decisions in rows, one squad in each column.
    if (!report) return null;
    const head = el("tr", "", el("th", "", t("Decision", "决定")), ...report.map((s) => el("th", "", `${t("Squad", "小组")} ${s.squad}`)));
    const rows = report[0].card.lines.map((line, k) => el("tr", "", el("td", "", say(line.question)), ...report.map((s) => {
      const own = s.card.lines[k];
      const late = own.after_s === null ? "" : own.late_s > 0 ? t(`${Math.round(own.after_s)} s, ${Math.round(own.late_s)} s late`, `${Math.round(own.after_s)}秒，迟${Math.round(own.late_s)}秒`)
        : t(`${Math.round(own.after_s)} s, in time`, `${Math.round(own.after_s)}秒，及时`);
      return el("td", "", el("div", "strong", own.response ? say(s.titles[own.response] || own.response) : "–"),
        el("div", own.status === "answered" ? "good" : "warn", status(own.status)), el("div", "soft", late), el("div", "soft", own.seat ? seat(own.seat) : ""));
    })));
    const total = (label, get) => el("tr", "", el("th", "", label), ...report.map((s) => el("td", "strong", get(s))));
    return el("div", name || "card", el("h2", "", t("What came of it", "演练结果")), el("table", "", head, ...rows,
      total(t("Answered", "已决定"), (s) => `${s.card.answered} / ${s.card.came}`),
      total(t("In time", "及时"), (s) => s.card.in_time),
      total(t("Score of the run so far", "到目前为止的得分"), (s) => (s.total === null ? "–" : `${s.total.toFixed(1)} (${s.grade || "–"})`)),
      total(t("Proposals, dissents", "提议数、不同意见数"), (s) => `${s.proposals}, ${s.dissent.length}`)),
    el("p", "soft small-text", t("Training only: figures hold in this model. What each decision cost is worked out afterwards: drills --card.",
      "仅供训练：数字只在本模型内成立。每个决定的代价在课后计算：drills --card。")));
  }

  return {
    t, say, el, button, fill, Line, clock, left, person, seat, via, state, status, stopped, result,
    set birds(value) { birds = value || {}; },
    get language() { return language; },
    turn(then) { language = language === "zh" ? "en" : "zh"; localStorage.setItem("cg-language", language); document.documentElement.lang = language; then(); },
    start() { document.documentElement.lang = language; },
  };
})();
