// What the page does while it is open. Without this file the same page works as plain forms.
//
// It keeps nothing: no cookie, no storage, no address in the history, and it asks nobody but
// the server that it came from. What was said stands in the page alone and goes with it.

const TRIES = [1_000, 3_000, 0]; // ms to wait after a message that did not get through
const SEND_LIMIT = 10_000; // ms until a message counts as not sent
const POLL_LIMIT = 40_000; // the server answers within 25 s, with news or without
const SLOWEST_RETRY = 8_000;
const TYPING_SHOWN = 10_000; // after that it may be a person who answers, and takes longer
const NUMBER = /([+*#(]?\d[\d ()\-]{4,22}\d)/;
const SAID_AFTER = 5 * 60_000; // of silence: then one line says what comes
const FORGOTTEN_AFTER = 15 * 60_000; // of silence; also, the server has erased by then a talk that nobody had open
const TYPING_EVERY = 3_000; // ms between two signs to a person that somebody writes
const EXIT_WITHIN = 5_000; // ms for three presses of Shift
const AT_THE_END = 40; // px: whoever scrolls by hand and ends nearer than that to the end, wants to follow

const at = (id) => document.getElementById(id);
const field = (name, page = document) => page.querySelector(`#write input[name=${name}]`);
const element = (name, properties) => Object.assign(document.createElement(name), properties);

const way = { ...at("exit").dataset }; // where the exit leads; it is needed when nothing of the page is left
// The site that shows this page in a frame: only those of the settings can, and only they are spoken to.
const around = parent === window ? [] : way.around.split(" ").filter((site) => !location.ancestorOrigins || location.ancestorOrigins[0] === site);

let talk = new AbortController(); // aborted when the talk ends, and all requests of it with it
let listening = false;
let lastHeard = 0;
let hiddenSince = 0;
let after = at("log").dataset.after; // the last line that has come from the server
let heardLocale = field("locale").value;
let sending = Promise.resolve(); // messages go one after another, in the order of writing
let typingTimer;
let desk = ""; // who answers: nobody but the bot, or waiting, taken (an operator who has not written yet), person, typing
let botWrites = false; // the answer to the own message is on its way
let failures = 0; // polls in a row that got no answer
let seen = null; // the last line that was whole on the screen
let byHand = false; // the reader has scrolled away from the end, and is not taken back there
let scrolledTo = 0; // where the page has put the view itself
let toldTyping = 0;
let silence = []; // timers of what happens while nothing is written
let presses = []; // when Shift was pressed and nothing else

// --- Asking the server ---

/** `until`: events of the window that make it useless to wait any longer. */
async function post(path, fields, limit, until = []) {
  const request = new AbortController();
  const stop = () => request.abort();
  setTimeout(stop, limit);
  talk.signal.addEventListener("abort", stop);
  for (const event of until) addEventListener(event, stop, { signal: request.signal });
  try {
    const answer = await fetch(path, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json" },
      credentials: "omit",
      signal: request.signal,
    });
    return { ...(await answer.json().catch(() => ({}))), status: answer.status };
  } catch {
    return { status: 0 }; // no connection, too slow, or stopped by us
  }
}

/** Wait, but no longer than until the connection is back or somebody looks at the page again. */
function pause(milliseconds) {
  return new Promise((go) => {
    setTimeout(go, milliseconds);
    const once = { once: true, signal: talk.signal };
    addEventListener("online", go, once);
    document.addEventListener("visibilitychange", go, once);
  });
}

// --- Sending ---

function say(text, fields) {
  const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  closeChoices();
  send(show({ id, who: "you", text }), { ...fields, id, locale: field("locale").value });
}

function send(line, message) {
  line.className = "line you pending";
  sending = sending.then(() => deliver(line, message)).catch(() => offerRetry(line, message));
}

async function deliver(line, message) {
  let answer;
  for (const wait of TRIES) {
    // A talk that ended took its token with it; the next message starts a new one.
    if (!field("token").value) await renew(`/?lang=${message.locale}`, { cache: "no-store" });
    if (!line.isConnected) return; // erased meanwhile
    const token = field("token").value;
    answer = token ? await post("/send", { token, ...message }, SEND_LIMIT) : { status: 0 };
    if (!line.isConnected) return;
    if (answer.status === 202) {
      line.className = "line you";
      connected();
      typing(!withPerson()); // a person may take their time, and their page says when they write
      return void listen();
    }
    cutOff(answer);
    if (answer.status >= 400 && answer.status < 500) break; // the same again would be refused again
    await pause(wait);
    if (!line.isConnected) return;
    line.classList.toggle("cut", !wait); // the last try was in vain
  }
  offerRetry(line, message);
  if (line.matches(".cut")) cutOff(answer);
  if (!listening) watch();
}

/** Notice that the server is there again, where no poll would: nothing is sent but this question. */
async function watch() {
  while (document.querySelector(".cut") && !listening) {
    await pause(SLOWEST_RETRY);
    const there = await fetch("/static/icon.svg", { method: "HEAD", cache: "no-store", credentials: "omit" }).catch(() => ({}));
    if (there.ok) return connected();
  }
}

function offerRetry(line, message) {
  const again = element("button", { type: "button", textContent: at("log").dataset.sentFailed });
  again.addEventListener("click", () => {
    again.remove();
    moveFocus();
    send(line, message); // the id stays: if it did arrive after all, it is not taken twice
  });
  line.classList.replace("pending", "failed");
  line.append(again);
  follow();
}

/** Say what is so: the banner and the message that is not sent say the same. */
function cutOff({ text } = {}) {
  const { offline, unsent } = at("notice").dataset;
  alarm(text || (document.querySelector(".cut") ? unsent : offline));
}

function connected() {
  alarm(document.querySelector(".cut") ? at("notice").dataset.back : "");
}

// --- Listening: from the first message on, so that only looking at the page asks for nothing ---

async function listen() {
  if (listening) return;
  listening = true;
  const { signal } = talk;
  while (!signal.aborted) {
    // Until the conversation has a language, the page keeps its own.
    const asked = { token: field("token").value, locale: field("locale").value, after, desk, ...(failures && { at_once: 1 }) };
    // What still waits on a connection that was lost may wait for ever.
    const answer = await post("/next", asked, POLL_LIMIT, ["online", "offline"]);
    if (signal.aborted) return;
    if (answer.status === 200) {
      failures = 0;
      lastHeard = Date.now();
      connected();
      await hear(answer);
      await pause(200); // whatever the server does, never a storm of requests
    } else {
      failures += 1;
      if (desk === "typing") desk = "person"; // as far as is known from here
      tellState();
      // The first gap is nothing: a phone that wakes up has one each time.
      if (failures > 1) cutOff(answer);
      await pause(Math.min(250 * 2 ** failures, SLOWEST_RETRY));
    }
  }
}

async function hear(answer) {
  // Our own lines stand here already, and after a lost answer the same lines come once more.
  const news = (answer.lines || []).filter((line) => line.who !== "you" && !at(`line-${line.id}`));
  if (news.length) {
    typing(false);
    at("log").dataset.crisis = answer.crisis ? "1" : "";
  }
  news.forEach(show);
  if (!answer.closed) answeredBy(answer.desk || "");
  if (news.length) follow();
  after = answer.after || after;
  if (answer.closed) {
    end(answer.text);
  } else if (answer.locale && answer.locale !== heardLocale) {
    heardLocale = answer.locale;
    await speak(heardLocale);
  }
}

function answeredBy(now) {
  if (now === desk) return;
  const before = withPerson();
  desk = now;
  if (withPerson()) botWrites = false;
  if (withPerson() && !before) closeChoices(); // they answer questions of the computer
  if (before && !withPerson()) openChoices(); // which is there again
  tellMenu();
  tellState();
}

/** What the computer alone can do is not in the menu while a person answers, or is waited for. */
function tellMenu() {
  document.querySelector(".later").hidden = Boolean(desk);
}

function withPerson() {
  return ["taken", "person", "typing"].includes(desk);
}

/** Only that somebody writes, never what; and only while there is a person to see it. */
function tellTyping() {
  if (!withPerson() || !at("text").value || Date.now() - toldTyping < TYPING_EVERY) return;
  toldTyping = Date.now();
  post("/typing", { token: field("token").value }, SEND_LIMIT);
}

// --- What is on the page ---

function show({ id, who, text, pieces = [{ text }], choices, locale, by }) {
  const line = element("div", { id: `line-${id}`, className: `line ${who}${by ? " person" : ""}` });
  const speaker = at("log").dataset[who];
  if (by) {
    const name = element("span", { className: "by", dir: "auto", textContent: by });
    name.append(element("span", { className: "unseen", textContent: ": " }));
    line.append(name);
    const before = at("log").lastElementChild?.querySelector(".by")?.textContent;
    if (before === name.textContent) line.classList.add("same"); // two persons may write beside each other
  } else if (speaker) line.append(element("span", { className: "unseen", textContent: `${speaker}: ` }));
  // A line of ours may begin with a foreign name: it runs as its language does.
  for (const piece of pieces) {
    const words = element("p", { dir: who === "us" && locale ? directionOf(locale) : "auto" });
    if (piece.text) words.append(...withNumbers(piece.text));
    line.append(piece.card ? cardOf(piece.card) : words);
  }
  if (choices?.length) line.append(buttons(choices));
  // What was said keeps its language when the page around it gets another one.
  if (locale) for (const part of line.querySelectorAll(":scope > p, .choices")) part.lang = locale;
  at("log").append(line);
  document.documentElement.classList.add("begun");
  if (by) closeChoices();
  if (who === "you") {
    byHand = false;
    follow();
  }
  stir();
  return line;
}

/** A line to call. The call itself takes two presses: the first one says where it can be seen later. */
function cardOf({ name, number, facts, call, words, locale }) {
  const card = element("div", { className: "card", lang: locale, dir: directionOf(locale) });
  const row = (className, ...parts) => {
    const text = element("p", { className });
    text.append(...parts);
    return text;
  };
  const isolated = (textContent) => element("bdi", { textContent });
  card.append(row("name", isolated(name)), row("number", isolated(number)));
  card.append(...facts.map((fact) => row("", ...withNumbers(fact))));
  if (!call) return card;
  const summary = element("summary", { textContent: `${words.call} ` });
  summary.append(element("span", { className: "unseen" }));
  summary.lastChild.append(isolated(number));
  const link = element("a", { href: `tel:${call.replaceAll("#", "%23")}` });
  link.append(...withNumbers(words.call_now));
  const details = element("details");
  details.append(summary, row("", words.call_note), link);
  card.append(details);
  return card;
}

function directionOf(locale) {
  return /^(ar|fa|ur)\b/.test(locale) ? "rtl" : "ltr";
}

/** A number to call is never broken at the end of a line. */
function withNumbers(text) {
  return text.split(NUMBER).map((part, at) => (at % 2 ? element("bdi", { textContent: part }) : part));
}

function buttons(choices) {
  closeChoices(); // a number means the newest list
  const list = element("div", { className: "choices" });
  for (const { number, text } of choices) {
    const button = element("button", { name: "choice", value: number, dir: "auto" });
    button.append(element("b", { textContent: number }), text);
    list.append(button);
  }
  return list;
}

function closeChoices() {
  for (const button of document.getElementsByName("choice")) button.disabled = true;
}

/** The newest list can be answered again, unless somebody has written below it. */
function openChoices() {
  const lists = [...document.querySelectorAll(".line.you, .line.person, .choices")];
  for (const button of lists.pop()?.querySelectorAll("button[name=choice]") ?? []) button.disabled = false;
}

// --- What of it is in sight ---

/** Show the end, but never past the start of what was not seen yet; nothing moves for whoever has scrolled by hand. */
function follow() {
  const news = unseen();
  if (!at("log").firstElementChild) return;
  if (!byHand) {
    scrollTo(0, document.body.scrollHeight);
    // What the person wrote themselves stays in sight above its answer.
    const first = news?.previousElementSibling?.matches(".you") ? news.previousElementSibling : news;
    if (first && first.getBoundingClientRect().top < edges().top) first.scrollIntoView({ block: "start" });
    hideHalf();
    scrolledTo = scrollY;
  }
  look();
}

/** What is pressed is in sight as a whole, or not at all. */
function hideHalf() {
  at("below").hidden = true;
  // It takes a row of its own, where there is more below.
  at("below").hidden = at("log").lastElementChild.getBoundingClientRect().bottom <= edges().bottom + 1;
  const { bottom } = edges();
  for (const target of document.querySelectorAll("main button, main summary, main a")) {
    const box = target.getBoundingClientRect();
    if (box.top < bottom && box.bottom > bottom) return scrollBy(0, box.top - bottom);
  }
}

/** Note what is on the screen, and say whether there is more below. */
function look() {
  if (document.hidden || !at("log")) return;
  const { bottom } = edges();
  for (let line = unseen(); line && line.getBoundingClientRect().bottom <= bottom + 1; line = unseen()) seen = line;
  at("below").hidden = !unseen();
}

function unseen() {
  return seen?.isConnected ? seen.nextElementSibling : at("log").firstElementChild;
}

/** Where the part of the screen begins and ends in which lines can be read. */
function edges() {
  const footer = document.querySelector("footer");
  const covers = getComputedStyle(footer).position === "sticky";
  const bottom = covers ? footer.getBoundingClientRect().top : innerHeight;
  // With little height only the way out stays, and the rest of the top has no box of its own.
  const tops = [".way", ".top"].map((part) => document.querySelector(part).getBoundingClientRect().bottom);
  return { top: Math.max(...tops), bottom };
}

/** Go on where reading stopped: to the start of what was not seen, and inside a long line by a screen. */
function showBelow(byKey) {
  const line = unseen();
  const { top, bottom } = edges();
  const from = line.getBoundingClientRect().top - top;
  scrollBy(0, from > 8 ? from - 4 : (bottom - top) * 0.8);
  hideHalf();
  scrolledTo = scrollY;
  look();
  byHand = Boolean(unseen());
  if (!byKey) return; // a finger leaves the keyboard of a phone open
  line.tabIndex = -1;
  line.focus({ preventScroll: true });
}

function alarm(text) {
  if (at("notice").textContent === text) return;
  at("notice").textContent = text;
  if (at("log").firstElementChild) follow();
  else if (text) scrollTo(0, document.body.scrollHeight);
}

function typing(shown) {
  botWrites = shown;
  clearTimeout(typingTimer);
  if (shown) typingTimer = setTimeout(typing, TYPING_SHOWN, false);
  tellState();
}

/** One line below the talk: that somebody writes, or that a person is there who has not written yet. */
function tellState() {
  const { text, taken } = at("typing").dataset;
  const writes = botWrites || desk === "typing";
  const told = writes ? text.replace(/[.…]+$/, "") : desk === "taken" ? taken : ""; // the style adds dots that move
  at("typing").classList.toggle("writes", writes);
  if (at("typing").textContent === told) return;
  const atTheEnd = document.body.scrollHeight - innerHeight - scrollY <= 1;
  at("typing").textContent = told; // said aloud once
  if (atTheEnd) follow(); // it may need more than the one line that is kept free for it
}

function grow() {
  at("text").style.height = "";
  if (at("text").value) at("text").style.height = `${at("text").scrollHeight + 2}px`;
}

/** Back to writing; but on a phone that would push the keyboard over what there is to read. */
function moveFocus() {
  const keyboard = matchMedia("(hover: hover)").matches;
  at(keyboard ? "text" : "log").focus({ preventScroll: true });
}

/** Put the page's own words into another language. What was said, and is being typed, stays. */
function speak(locale) {
  const body = new URLSearchParams({ token: field("token").value, locale });
  return renew("/look", { method: "POST", body });
}

async function renew(path, options) {
  const text = await fetch(path, { ...options, credentials: "omit" }).then((answer) => answer.text()).catch(String);
  const fresh = new DOMParser().parseFromString(text, "text/html");
  if (!at("log") || !fresh.getElementById("log")) return; // no page of ours: the old one stays
  for (const part of [".skip", ".top", ".opening", "#back", "label", "#below", "#send", ".refresh"]) {
    document.querySelector(part).replaceWith(fresh.querySelector(part));
  }
  for (const id of ["log", "notice", "typing", "silence"]) Object.assign(at(id).dataset, fresh.getElementById(id).dataset);
  for (const name of ["token", "locale"]) field(name).value = field(name, fresh).value;
  at("text").placeholder = fresh.getElementById("text").placeholder;
  for (const name of ["lang", "dir"]) document.documentElement[name] = fresh.documentElement[name];
  document.title = fresh.title;
  tellMenu();
  tellState();
  look();
}

// --- When nobody writes: nothing is sent, and nothing stays on a screen that was left alone ---

/** Something was said or is being typed: the silence begins anew. */
function stir() {
  hush();
  if (at("log").firstElementChild) silence = [setTimeout(saySoon, SAID_AFTER), setTimeout(forget, FORGOTTEN_AFTER)];
}

function hush() {
  silence.forEach(clearTimeout);
  if (at("silence")) at("silence").textContent = "";
}

function saySoon() {
  const { soon, still } = at("silence").dataset;
  at("silence").textContent = at("log").dataset.crisis || desk ? still : soon;
  follow();
}

function forget() {
  // Somebody in danger may need what stands here, and whoever waits for a person was told to keep the page open.
  if (at("log").dataset.crisis || desk) return;
  erase(field("token").value);
  end();
}

/** Tell the server to erase at once; this is sent also while the page closes. */
function erase(token) {
  const goodbye = new URLSearchParams({ token, quiet: "1" });
  const told = navigator.sendBeacon?.("/exit", goodbye);
  if (!told) fetch("/exit", { method: "POST", body: goodbye, keepalive: true }).catch(() => {});
}

// --- The end of a talk, and the way out ---

function end(farewell) {
  wipe();
  const { gone } = at("notice").dataset;
  alarm(farewell || gone);
  // Words that lead back must not stand there for whoever comes by.
  if (farewell) setTimeout(() => at("notice")?.textContent === farewell && alarm(gone), FORGOTTEN_AFTER);
}

function wipe() {
  hush();
  talk.abort();
  talk = new AbortController();
  listening = byHand = false;
  failures = 0;
  after = desk = "";
  seen = null;
  if (!at("log")) return; // left by the exit
  at("log").replaceChildren();
  document.documentElement.classList.remove("begun");
  tellMenu();
  look();
  at("text").value = field("token").value = "";
  typing(false);
  grow();
}

function exit() {
  const token = field("token").value;
  document.body.replaceChildren(); // first of all: nothing left to see
  hush();
  talk.abort();
  erase(token);
  tell("leave");
  // In place of this page, so that Back does not lead here. From inside a frame the whole site has to go; a frame that
  // may not do that goes alone.
  try {
    top.location.replace(way.to);
  } catch {
    location.replace(way.to);
  }
}

// --- A site around us (embed.js there): fixed words, never anything of the talk ---

function tell(word) {
  for (const site of around) parent.postMessage(word, site);
}

addEventListener("message", ({ source, origin, data }) => {
  if (source === parent && around.includes(origin) && data === "leave") exit();
});

// --- What the person does ---

function openPanels() {
  return document.querySelectorAll("details[name][open]");
}

/** Close what lies over the talk; if nothing does, the site around us may put the talk away. Never the exit. */
function putAway() {
  const [panel] = openPanels();
  if (!panel) return tell("close");
  panel.open = false;
  panel.firstElementChild.focus();
}

function write() {
  const text = at("text").value.trim();
  if (document.activeElement !== at("text")) moveFocus();
  if (!text) return;
  at("text").value = "";
  grow();
  say(text, { text });
}

document.addEventListener("submit", (event) => {
  if (event.target === at("back")) return; // a page of its own comes back
  event.preventDefault();
  if (event.target === at("exit")) exit();
  else write();
});

document.addEventListener("click", async (event) => {
  if (event.target.id === "below") return showBelow(!event.detail);
  const button = event.target.closest("button[name], .skip");
  for (const panel of openPanels()) {
    if (!panel.contains(event.target) || button) panel.open = false;
  }
  if (!button) return;
  event.preventDefault();
  if (button.name === "locale") await speak(button.value);
  if (button.name === "choice") {
    button.classList.add("chosen");
    say(button.lastChild.textContent, { choice: button.value });
  }
  if (button.name === "command") say(button.textContent, { command: button.value });
  if (button.className === "skip") at("text").focus(); // the link would leave a trace in the history
  else moveFocus();
});

// What opens at the end of the screen comes into sight.
document.addEventListener("toggle", ({ target }) => {
  if (target.open && target.closest(".card")) target.scrollIntoView({ block: "nearest" });
  scrolledTo = scrollY;
}, { capture: true });

document.addEventListener("mousedown", (event) => {
  presses = [];
  if (["send", "below"].includes(event.target.id)) event.preventDefault(); // the keyboard of a phone stays open
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift") presses = [];
  if (event.key === "Escape" && !event.isComposing) putAway();
  const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.id === "text";
  if (!sends) return;
  event.preventDefault();
  write();
});
document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift") return;
  presses = [...presses, event.timeStamp].filter((moment) => event.timeStamp - moment < EXIT_WITHIN);
  if (presses.length === 3) exit();
});
document.addEventListener("input", () => {
  grow();
  stir();
  tellTyping();
});

// A phone that slept: what it still shows must not be there for whoever wakes it.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) hiddenSince = Date.now();
  else if (at("log").firstElementChild && Date.now() - Math.max(hiddenSince, lastHeard) > FORGOTTEN_AFTER) end();
});

addEventListener("online", () => {
  failures = Math.min(failures, 1); // the next tries come soon after each other
});

addEventListener("scroll", () => {
  if (Math.abs(scrollY - scrolledTo) > 1) byHand = document.body.scrollHeight - innerHeight - scrollY > AT_THE_END;
  look();
}, { passive: true });
addEventListener("resize", follow); // a keyboard opens or closes

// Browsers keep a page that was left, to show it again on Back: they get it empty. Who answers is told that nobody reads here.
addEventListener("pagehide", () => {
  const token = at("log")?.firstElementChild && field("token").value;
  if (token) navigator.sendBeacon?.("/closed", new URLSearchParams({ token }));
  wipe();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(`/?lang=${document.documentElement.lang}`);
});

// Where a keyboard moves the page instead of shrinking it, the exit would be pushed out of sight.
for (const change of ["resize", "scroll"]) {
  window.visualViewport?.addEventListener(change, ({ target }) => {
    document.documentElement.style.setProperty("--seen-from", `${target.offsetTop}px`);
  });
}

document.documentElement.classList.add("live");
at("text").enterKeyHint = "send";
if (at("log").firstElementChild) {
  seen = [...at("log").querySelectorAll(".you")].pop() ?? null;
  follow();
  stir();
  listen();
} else if (performance.getEntriesByType("navigation")[0]?.type === "reload") {
  at("silence").textContent = at("silence").dataset.reloaded; // no alarm: somebody else may be looking
}
