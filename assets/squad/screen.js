"use strict";
// The picture everybody in the room looks at: code and QR in the lobby, then map, clock, and who has answered.

const { preparing, away, t, say, el, button, dark, shade, squadTitle, openWindows, linkEnded, named, renew, Line, clock, left, person, seat, state, stopped, result, turn } = Room;
const page = document.getElementById("page");
let me = null, seen = null, address = 0, notice = "";

const line = new Line("cg-screen", {
  lost() { draw(); },
  message(m) {
    if (m.names) Room.names = m.names;
    if (m.type === "welcome") { me = m; Room.birds = m.callsigns; }
    else if (m.type === "screen") seen = m;
    else if (m.type === "error") { notice = say(m.text); if (m.code === "bad-code") { me = null; notice = linkEnded(); } }
    draw();
  },
});

function qr(rows) {
  const made = el("canvas", "qr"), size = rows.length + 8, scale = 8;
  made.width = made.height = size * scale;
  const pen = made.getContext("2d");
  pen.fillStyle = "#fff"; pen.fillRect(0, 0, made.width, made.height); pen.fillStyle = "#000";
  rows.forEach((row, y) => [...row].forEach((cell, x) => { if (cell === "1") pen.fillRect((x + 4) * scale, (y + 4) * scale, scale, scale); }));
  return made;
}

function join(small) {
  const { links, code } = me || line.doors, here = links[address % links.length];
  const next = links.length > 1 ? button(t("another address", "换一个地址"), () => { address += 1; draw(); }, "small") : null;
  return el("div", "join", qr(here.qr), el("div", "", el("p", "soft", t("Scan, or open", "扫码，或打开")), el("h2", "", here.link), el("p", "soft", t("and type", "并输入")),
    el("div", "code", code), small ? null : next, me && el("p", "soft", t(`${seen ? seen.waiting : 0} waiting for a seat`, `${seen ? seen.waiting : 0}人等待席位`)),
    location.protocol === "https:" ? null : el("p", "small-text warn", t("This line is not encrypted: no names here.", "连接未加密：请勿输入姓名。"))));
}

// Words and marks are as large as the room can read them, however small the map is shown.
function map(v) {
  const site = me.site, made = el("canvas", "map"), scale = 1200 / site.width_m;
  made.width = 1200; made.height = Math.round(site.height_m * scale);
  const last = page.querySelector("canvas.map"), wide = last ? Math.min(last.clientWidth, (last.clientHeight * made.width) / made.height) : 0;
  const size = Math.min(60, Math.max(23, (Math.max(11, innerHeight * 0.015) * made.width) / (wide || 700))), dot = size / 4.6;
  const pen = made.getContext("2d"), y = (m) => made.height - m * scale;
  const shape = (corners, colour) => { pen.beginPath(); corners.forEach(([a, b], k) => (k ? pen.lineTo(a * scale, y(b)) : pen.moveTo(a * scale, y(b)))); pen.closePath(); pen.fillStyle = colour; pen.fill(); };
  for (const each of site.places) shape(each.corners, shade(each.exit ? "exit" : "place"));
  for (const each of site.solids) shape(each.corners, shade("solid"));
  const looks = [0, 1, 2, 3, 4, 5].map((n) => shade(`look${n}`));
  for (const [px, py, look, age] of v.people) {
    pen.globalAlpha = age > 60 ? 0.35 : 0.9; pen.fillStyle = looks[look] || shade("ink"); pen.beginPath();
    if (look === 3) { pen.moveTo(px * scale, y(py) - 1.8 * dot); pen.lineTo(px * scale + 1.6 * dot, y(py) + 1.2 * dot); pen.lineTo(px * scale - 1.6 * dot, y(py) + 1.2 * dot); } else pen.arc(px * scale, y(py), dot, 0, 7);
    pen.fill();
  }
  pen.globalAlpha = 1; pen.textAlign = "center"; pen.font = `600 ${size}px system-ui, "Noto Sans SC", "Microsoft YaHei", sans-serif`;
  const spots = [];
  for (const u of v.units) {
    const near = spots.find((s) => Math.hypot(s.x - u.x, s.y - u.y) * scale < 2.6 * size);
    if (near) { near.names.push(u.unit); near.last = Math.max(near.last, u.x); near.x = Math.min(near.x, u.x); } else spots.push({ x: u.x, last: u.x, y: u.y, names: [u.unit] });
    pen.fillStyle = shade("unit"); pen.fillRect(u.x * scale - size / 3, y(u.y) - size / 3, size / 1.5, size / 1.5);
  }
  // A name gives way to what lies there already: to the other side, up or down; then only the first of a stack is named.
  const taken = v.units.map((u) => [u.x * scale - size / 3, y(u.y) - size / 3, u.x * scale + size / 3, y(u.y) + size / 3]), high = size * 1.08;
  const clear = (box) => box[0] >= 0 && box[2] <= made.width && box[1] >= 0 && box[3] <= made.height && !taken.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]);
  const write = (s, names) => {
    const wide = Math.max(...names.map((name) => pen.measureText(name).width)), tall = names.length * high, sides = [s.last * scale + size * 0.6, s.x * scale - size * 0.6 - wide];
    for (const step of [0, 0.6, -0.6, 1.2, -1.2, 1.8, -1.8]) for (const x of sides) {
      const top = y(s.y) - tall / 2 + step * high, box = [x, top, x + wide, top + tall];
      if (!clear(box)) continue;
      pen.textAlign = "left";
      names.forEach((name, k) => { for (const ink of ["strokeText", "fillText"]) pen[ink](name, x, top + (k + 0.85) * high); });
      taken.push(box);
      return true;
    }
    return false;
  };
  // A rim in the colour of the ground keeps a name apart from the people behind it. A small map names few of many.
  pen.strokeStyle = shade("ground"); pen.lineWidth = size / 4; pen.lineJoin = "round"; pen.fillStyle = shade("unit");
  const most = Object.keys(seen.squads).length > 2 ? 3 : 6, short = (all, n) => (all.length > n ? [...all.slice(0, n - 1), `${all[n - 1]} +${all.length - n}`] : all);
  for (const s of spots) if (!write(s, short(s.names, most)) && s.names.length > 1) write(s, short(s.names, 1));
  pen.textAlign = "center"; pen.fillStyle = shade("label");
  // A name that would lie across another is left out, that of the smaller building first: none could be read.
  const span = (corners, k) => { const all = corners.map((c) => c[k]), low = Math.min(...all), high = Math.max(...all); return { size: high - low, middle: (low + high) / 2 }; };
  const named = site.solids.map((each) => ({ name: say(each.name), x: span(each.corners, 0), y: span(each.corners, 1) })).sort((a, b) => b.x.size * b.y.size - a.x.size * a.y.size);
  for (const each of named) {
    const half = pen.measureText(each.name).width / 2 + 4, x = Math.min(made.width - half, Math.max(half, each.x.middle * scale)), at = Math.max(size, y(each.y.middle));
    const box = [x - half, at - size, x + half, at + size * 0.3];
    if (taken.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1])) continue;
    taken.push(box); pen.fillText(each.name, x, at);
  }
  return made;
}

function squad(name, v) {
  const open = openWindows(v);
  return el("div", "card", el("div", "row", el("h2", "", squadTitle(name)), v.phase === "paused" ? el("span", "warn strong fix", t("stopped", "已叫停")) : null,
    v.phase === "running" ? el("span", "soft fix", t(`${left(v.end_tick - v.tick)} left`, `还剩${left(v.end_tick - v.tick)}`), seen.speed === 1 ? "" : t(` · time runs ${seen.speed}×`, ` · 时间${seen.speed}倍速`)) : null, el("span", "clock fix", clock(v.tick, v.start_min))),
    ...open.map((w) => { const bar = el("div", "bar", el("i")); bar.firstChild.style.width = `${Math.max(0, (100 * (w.until_tick - v.tick)) / (w.until_tick - w.opened_tick))}%`;
      return el("div", "", el("div", "row tight", el("h2", "", say(w.question)), el("span", "big warn fix", left(w.until_tick - v.tick))), bar); }),
    v.phase === "lobby" ? null : map(v), v.phase === "lobby" ? null : el("p", "", el("span", "strong", state(v.crowd.state)), " · ", t(`about ${v.crowd.estimate} people`, `约${v.crowd.estimate}人`), " · ", t(`${v.answered} of ${v.decisions} decisions answered`, `${v.decisions}个决定中已作出${v.answered}个`)),
    ...v.proposals.filter((p) => ["open", "seconded"].includes(p.status)).map((p) => el("p", "", `${named(p, v)} (${seat(p.seat)})${t(": ", "：")}`, t(`${Object.keys(p.votes).length} of ${v.seats.filter((s) => s.who).length} have answered`, `${v.seats.filter((s) => s.who).length}人中${Object.keys(p.votes).length}人已表态`))),
    el("p", "soft small-text", v.seats.map((s) => `${seat(s.seat)}${t(": ", "：")}${s.who ? person(s.who) : t("empty", "空缺")}`).join(" · ")));
}

// What the marks on the map are; the words of the window's own legend. Of units, those that stand on a map.
function legend() {
  const there = new Set(Object.values(seen.squads).flatMap((v) => v.units.map((u) => u.unit.split("-")[0])));
  const signs = Object.entries(me.signs).filter(([sign]) => there.has(sign));
  const looks = [t("standing", "站着"), t("taking part", "参与"), t("hostile", "有敌意"), t("violent", "暴力"), t("leaving", "离开"), t("hurt", "受伤")];
  return el("p", "soft small-text key", el("span", "", t("As last reported:", "按最近的报告：")), ...looks.map((text, look) => { const mark = el("i", look === 3 ? "tri" : ""); mark.style.background = shade(`look${look}`); return el("span", "", mark, text); }),
    el("span", "", el("i", "box"), t("units", "现场力量"), signs.length ? t(": ", "：") : ""), ...signs.map(([sign, kind]) => el("span", "", el("span", "strong", sign), "\u00a0", say(kind))), el("span", "", t("faint: more than a minute old", "颜色淡：超过一分钟前")));
}

function draw() {
  if (!me) { renew(page, [el("main", "", el("div", "row", el("h1", "", "Common Ground"), dark(draw), button(t("中文", "English"), () => turn(draw), "small fix")), el("p", "", notice || (line.coming !== null && away(line)) || t("Open the link the program printed.", "请打开程序给出的链接。")), line.doors && join(false))], draw); return; }
  const views = seen ? Object.entries(seen.squads) : [];
  const lobby = views.every(([, v]) => v.phase === "lobby"), live = views.filter(([, v]) => v.phase !== "over");
  const paused = live.length && live.every(([, v]) => v.phase === "paused") ? live[0] : null;
  renew(page, [el("main", lobby || seen.report ? "" : views.length > 2 ? "live many" : "live", el("div", "row", el("h1", "", say(me.drill.title)), el("span", "soft", line.ready ? "" : line.coming !== null ? away(line) : t("no connection", "连接中断")), dark(draw), button(t("中文", "English"), () => turn(draw), "small fix")),
    // Stopped to explain something: the map stays, so that it can be shown.
    paused ? el("div", "halt", el("span", "big", t("Stop", "暂停")), el("span", "", stopped(paused[1].stopped_for))) : null,
    lobby ? el("p", "", say(me.drill.aim)) : null, seen && seen.failed ? el("p", "lost", t("The disk does not take it.", "磁盘无法写入。")) : null,
    seen && seen.unheard ? el("div", "halt", el("span", "", t(`The drill is over. First your own judgement, on your phones: ${seen.unheard} to go.`, `演练结束。请先在手机上自评：还有${seen.unheard}人。`))) : null,
    seen && seen.preparing ? el("div", "halt", el("span", "", preparing(seen.prepared))) : null,
    seen && seen.report ? result(seen.report, false) : null, lobby ? join(false) : null,
    seen && seen.report ? null : el("div", "squads", ...views.map(([name, v]) => squad(name, v))), lobby || seen.report ? null : legend(), lobby ? null : el("p", "soft small-text", t("Code", "代码"), ` ${me.code} · ${me.links[address % me.links.length].link}`))], draw);
}

Room.start(draw);
const key = location.hash.slice(1);
if (key) { history.replaceState(null, "", location.pathname); line.token = key; }
if (line.token) line.open();
draw();
