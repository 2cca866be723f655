// What the page does while it is open. Without this file the same page works as plain forms.
//
// It keeps nothing: no cookie, no storage, no address in the history, and it asks nobody but
// the server that it came from. What was said stands in the page alone and goes with it.

const TRIES = [1_000, 3_000, 0]; // ms to wait after a message that did not get through
const SEND_LIMIT = 10_000; // ms until a message counts as not sent
const POLL_LIMIT = 40_000; // the server answers within 25 s, with news or without
const SLOWEST_RETRY = 30_000;
const TYPING_SHOWN = 10_000; // after that it may be a person who answers, and takes longer
const NUMBER = /([+*#(]?\d[\d ()\-]{4,22}\d)/;
const SAID_AFTER = 5 * 60_000; // of silence: then one line says what comes
const FORGOTTEN_AFTER = 15 * 60_000; // of silence; also, the server has erased by then a talk that nobody had open
const TYPING_EVERY = 3_000; // ms between two signs to a person that somebody writes
const EXIT_WITHIN = 5_000; // ms for three presses of Shift

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
let desk = ""; // who answers: nobody but the bot, or waiting, person, typing
let toldTyping = 0;
let silence = []; // timers of what happens while nothing is written
let presses = []; // when Shift was pressed and nothing else

// --- Asking the server ---

async function post(path, fields, limit) {
  const request = new AbortController();
  const stop = () => request.abort();
  setTimeout(stop, limit);
  talk.signal.addEventListener("abort", stop);
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

/** Wait, but no longer than until the connection is back. */
function pause(milliseconds) {
  return new Promise((go) => {
    setTimeout(go, milliseconds);
    addEventListener("online", go, { once: true, signal: talk.signal });
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
  for (const wait of TRIES) {
    // A talk that ended took its token with it; the next message starts a new one.
    if (!field("token").value) await renew(`/?lang=${message.locale}`, { cache: "no-store" });
    if (!line.isConnected) return; // erased meanwhile
    const token = field("token").value;
    const answer = token ? await post("/send", { token, ...message }, SEND_LIMIT) : { status: 0 };
    if (!line.isConnected) return;
    if (answer.status === 202) {
      line.className = "line you";
      alarm("");
      typing(!withPerson()); // a person may take their time, and their page says when they write
      return void listen();
    }
    alarm(answer.text || at("notice").dataset.offline);
    if (answer.status >= 400 && answer.status < 500) break; // the same again would be refused again
    await pause(wait);
    if (!line.isConnected) return;
  }
  offerRetry(line, message);
}

function offerRetry(line, message) {
  const again = element("button", { type: "button", textContent: at("log").dataset.sentFailed });
  again.addEventListener("click", () => {
    again.remove();
    moveFocus();
    send(line, message); // the id stays: if it did arrive after all, it is not taken twice
  });
  line.className = "line you failed";
  line.append(again);
  scrollToNews();
}

// --- Listening: from the first message on, so that only looking at the page asks for nothing ---

async function listen() {
  if (listening) return;
  listening = true;
  const { signal } = talk;
  for (let failures = 0; !signal.aborted; ) {
    const answer = await post("/next", { token: field("token").value, after, desk }, POLL_LIMIT);
    if (signal.aborted) return;
    if (answer.status === 200) {
      failures = 0;
      lastHeard = Date.now();
      alarm("");
      await hear(answer);
      await pause(200); // whatever the server does, never a storm of requests
    } else {
      failures += 1;
      // The first gap is nothing: a phone that wakes up has one each time.
      if (failures > 1) alarm(answer.text || at("notice").dataset.offline);
      await pause(Math.min(500 * 2 ** failures, SLOWEST_RETRY));
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
  if (desk !== answer.desk && !answer.closed) {
    desk = answer.desk || "";
    if (withPerson()) typing(desk === "typing", POLL_LIMIT);
  }
  news.forEach(show);
  after = answer.after || after;
  if (answer.closed) {
    end(answer.text);
  } else if (answer.locale && answer.locale !== heardLocale) {
    heardLocale = answer.locale;
    await speak(heardLocale);
  }
}

function withPerson() {
  return desk === "person" || desk === "typing";
}

/** Only that somebody writes, never what; and only while there is a person to see it. */
function tellTyping() {
  if (!withPerson() || !at("text").value || Date.now() - toldTyping < TYPING_EVERY) return;
  toldTyping = Date.now();
  post("/typing", { token: field("token").value }, SEND_LIMIT);
}

// --- What is on the page ---

function show({ id, who, text, choices, locale, by }) {
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
  const words = element("p", { dir: who === "us" && locale ? directionOf(locale) : "auto" });
  words.append(...withNumbers(text));
  line.append(words);
  if (choices?.length) line.append(buttons(choices));
  // What was said keeps its language when the page around it gets another one.
  if (locale) for (const part of line.querySelectorAll("p, .choices")) part.lang = locale;
  const reading = who !== "you" && readingAbove();
  at("log").append(line);
  document.documentElement.classList.add("begun");
  if (!reading) scrollToNews();
  stir();
  return line;
}

function directionOf(locale) {
  return /^(ar|fa|ur)\b/.test(locale) ? "rtl" : "ltr";
}

/** A number to call is never broken at the end of a line. */
function withNumbers(text) {
  return text.split(NUMBER).map((part, at) => (at % 2 ? element("bdi", { textContent: part }) : part));
}

function readingAbove() {
  return innerHeight + scrollY < document.body.scrollHeight - 200;
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

/** Show the end, but never past the start of what was said since the person's own last line. */
function scrollToNews() {
  scrollTo(0, document.body.scrollHeight);
  const news = [...at("log").querySelectorAll(".you")].pop() || at("log").firstElementChild;
  const top = document.querySelector(".way").getBoundingClientRect().bottom;
  if (news && news.getBoundingClientRect().top < top) news.scrollIntoView({ block: "start" });
}

function alarm(text) {
  if (at("notice").textContent === text) return;
  at("notice").textContent = text;
  if (text) scrollToNews();
}

function typing(shown, limit = TYPING_SHOWN) {
  clearTimeout(typingTimer);
  at("typing").textContent = shown ? at("typing").dataset.text : "";
  if (shown) typingTimer = setTimeout(typing, limit, false);
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
  for (const part of [".skip", ".top", ".opening", "label", "#send", ".refresh"]) {
    document.querySelector(part).replaceWith(fresh.querySelector(part));
  }
  for (const id of ["log", "notice", "typing", "silence"]) Object.assign(at(id).dataset, fresh.getElementById(id).dataset);
  for (const name of ["token", "locale"]) field(name).value = field(name, fresh).value;
  at("text").placeholder = fresh.getElementById("text").placeholder;
  for (const name of ["lang", "dir"]) document.documentElement[name] = fresh.documentElement[name];
  document.title = fresh.title;
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
  const reading = readingAbove();
  at("silence").textContent = at("log").dataset.crisis || desk ? still : soon;
  if (!reading) scrollToNews();
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
  alarm(farewell || at("notice").dataset.gone);
}

function wipe() {
  hush();
  talk.abort();
  talk = new AbortController();
  listening = false;
  after = desk = "";
  if (!at("log")) return; // left by the exit
  at("log").replaceChildren();
  document.documentElement.classList.remove("begun");
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
  event.preventDefault();
  if (event.target === at("exit")) exit();
  else write();
});

document.addEventListener("click", async (event) => {
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
  if (button.className === "skip") at("text").focus(); // the link would leave a trace in the history
  else moveFocus();
});

document.addEventListener("mousedown", (event) => {
  presses = [];
  if (event.target.id === "send") event.preventDefault(); // the keyboard of a phone stays open
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

// Browsers keep a page that was left, to show it again on Back: they get it empty.
addEventListener("pagehide", wipe);
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
  scrollToNews();
  stir();
  listen();
}
