// Keeps the operator's page fresh: parts that have changed are fetched and morphed in; typed text, focus and scroll stay.

import { askToSignIn, connected } from "./desk.js";
import { call } from "./calls.js";
import { showEnglish, watchEnglish } from "./english.js";
import { findAgain, watchFind } from "./find.js";
import { watchFolds } from "./folds.js";
import { showKeys } from "./keys.js";
import { onNews } from "./live.js";
import { morph } from "./morph.js";
import { keepFresh } from "./parts.js";
import { watchReply } from "./reply.js";
import { get, SignedOut } from "./server.js";
import { text } from "./texts.js";

const panes = document.querySelector(".panes");
const talk = panes.dataset.talk;
const first = JSON.parse(panes.dataset.marks); // the change tokens that the page came with
const { state, ...open } = first.talks[talk] ?? {};
const parts = keepFresh(talk, { queue: first.queue, ...open }, put);
const scroll = document.querySelector(".scroll");
const newer = document.querySelector(".newer");

onNews((news) => {
  if (news.marks) {
    connected(true);
    show(news.marks);
  } else if (news.signedOut) askToSignIn();
  else look();
});

// A stream ends because the network is lost, the server restarts, or the session is over.
async function look() {
  try {
    await get("/session");
  } catch (error) {
    if (error instanceof SignedOut) askToSignIn();
    else connected(false);
  }
}

function show(marks) {
  call(marks);
  waiting(marks);
  const { state: now, ...open } = marks.talks[talk] ?? {};
  const same = now === state;
  parts.hear({ queue: marks.queue, ...(same ? open : {}) });
  if (!talk || same) return;
  // Somebody else has it, or it is offered: the allowed actions are different, so the page is reloaded.
  if (now) changed();
  else over();
}

// On a phone the queue is another page, so how many wait, and whether a life may be in danger, is shown above the conversation.
function waiting({ waiting: number, urgent }) {
  const count = document.querySelector("[data-waiting]");
  if (!count) return;
  count.hidden = !number;
  count.textContent = urgent ? `${number}, P0` : number;
  count.classList.toggle("p0", urgent > 0);
}

function put(part, html) {
  const place = document.querySelector(`[data-part="${part}"]`);
  if (!place) return;
  const before = scroll && scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
  morph(place, html);
  if (part === "lines") {
    showEnglish().then(findAgain);
    findAgain();
    follow(before < 60);
  }
  tick();
}

function follow(atEnd) {
  if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  newer.hidden = atEnd || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
}

// The conversation is no longer ours: typed text stays to be copied, nothing can be sent, and nothing of the person is left.
function over() {
  if (document.getElementById("over")) return;
  const notice = document.createElement("p");
  notice.id = "over";
  notice.className = "notice bad";
  notice.setAttribute("role", "alert");
  notice.textContent = text("This conversation is no longer yours: it was ended, erased, or somebody else has it.") + " ";
  const link = document.createElement("a");
  link.href = "/desk";
  link.textContent = text("Back to queue");
  notice.append(link);
  document.querySelector(".head").after(notice);
  const why = text("This conversation is over: nothing can be sent, noted or kept.");
  for (const field of document.querySelectorAll(".reply button, .head button, .closing button, .side :is(button, input, select)")) {
    field.disabled = true;
    field.title = why;
  }
  for (const menu of document.querySelectorAll(".head .menu")) menu.remove();
  const told = document.createElement("p");
  told.className = "notice warn";
  told.textContent = why;
  document.querySelector(".side .inside")?.prepend(told);
  // What was erased is erased here too (P12); only what the operator typed stays.
  for (const part of document.querySelectorAll('[data-part="lines"], [data-part="card"], [data-part="language"], [data-part="company"], #found')) part.replaceChildren();
}

// Without the server nobody can be taken and nothing done: what stands in the page may be over.
document.addEventListener("connection", ({ detail: on }) => {
  for (const button of document.querySelectorAll(".queue button, .head button:not(#search), .side button:not(.insert), .closing button")) {
    if (!on && !button.disabled) {
      button.disabled = true;
      button.dataset.lost = button.title;
      button.title = text("No connection to the server.");
    } else if (on && "lost" in button.dataset) {
      button.disabled = false;
      button.title = button.dataset.lost;
      delete button.dataset.lost;
    }
  }
});

function changed() {
  document.dispatchEvent(new CustomEvent("keep-draft", { detail: () => location.reload() }));
  if (!document.getElementById("reply")) location.reload();
}

// Times

function tick() {
  const ahead = tick.ahead ?? 0;
  for (const time of document.querySelectorAll("time[data-since]")) {
    const passed = ago(Date.now() / 1000 - ahead - time.dataset.since);
    if (time.textContent !== passed) time.textContent = passed;
  }
  for (const time of document.querySelectorAll("time[data-until]")) time.textContent = ago(time.dataset.until - Date.now() / 1000 + ahead);
  for (const time of document.querySelectorAll("time[data-clock]")) {
    const at = new Date(time.getAttribute("datetime"));
    const clock = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    if (time.textContent !== clock) time.textContent = clock;
  }
}

function ago(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return text("%(seconds)s s", { seconds: s });
  if (s < 3600) return text("%(minutes)s min", { minutes: Math.floor(s / 60) });
  return text("%(hours)s h %(minutes)s min", { hours: Math.floor(s / 3600), minutes: Math.floor(s % 3600 / 60) });
}

// The server's clock counts, not this computer's.
tick.ahead = Date.now() / 1000 - document.getElementById("now").dataset.now;
setInterval(tick, 1_000);
tick();

// As many tags as may be given; the others can be ticked once one is taken off.
document.querySelector(".tags")?.addEventListener("change", ({ currentTarget: tags }) => {
  const full = tags.querySelectorAll(":checked").length >= tags.dataset.most;
  for (const box of tags.querySelectorAll("input:not(:checked)")) box.disabled = full;
});

// One fold beside the conversation is open at a time, and begins in sight: unless something in it has the focus already.
document.querySelector(".side")?.addEventListener("toggle", ({ target, currentTarget }) => {
  const focused = target.contains(document.activeElement) && !document.activeElement.matches("summary");
  if (target.open && !focused) currentTarget.scrollTop = 0;
}, true);

watchFolds();
watchFind();
watchEnglish(talk);
watchReply(talk, () => parts.renew("lines"));

// At last: buttons that came in have taken some of its height.
if (scroll) {
  scroll.scrollTop = scroll.scrollHeight;
  newer.addEventListener("click", () => { scroll.scrollTop = scroll.scrollHeight; newer.hidden = true; });
  scroll.addEventListener("scroll", () => { if (!newer.hidden) follow(false); });
  // Severe conversations may be blurred; a click, the space bar or Enter shows them.
  const lines = scroll.querySelector(".lines");
  scroll.addEventListener("click", () => lines.classList.add("shown"));
  scroll.addEventListener("keydown", ({ key }) => { if (key === " " || key === "Enter") lines.classList.add("shown"); });
}

call(first);
showKeys();
