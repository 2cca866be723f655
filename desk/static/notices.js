// Keeps the notices on top of every page fresh: calls for a supervisor, and conversations that return to the queue. They ring
// wherever somebody is at the desk, and ring again while nobody is on a call.

import { alsoCalling, ring } from "./calls.js";
import { say } from "./desk.js";
import { onNews } from "./live.js";
import { morph } from "./morph.js";
import { get } from "./server.js";
import { text } from "./texts.js";

const AGAIN = 30_000; // milliseconds after which a call that nobody is on rings again
const notices = document.getElementById("notices");
const here = notices.dataset.page;
const onLoad = here === "/load"; // which shows and rings every alarm itself
const plain = document.title;
const ahead = Date.now() / 1000 - notices.dataset.now; // the server's clock counts, not this computer's
let shown = JSON.parse(notices.dataset.marks);
let heard = shown.notices;
let back = Number(notices.dataset.back);
let asking = false;
let again = null;

onNews(({ marks }) => {
  if (!marks) return;
  heard = marks.notices;
  if (heard !== shown.notices) bring();
  if (marks.returned > back) {
    say(text("A conversation is back in the queue: nobody had written to them."));
    if (!document.querySelector(".panes")) ring(1, `returned ${marks.returned}`); // the operator's page rings for its queue
  }
  back = marks.returned;
});

async function bring() {
  if (asking) return;
  asking = true;
  try {
    const found = await get(`/notices/part?page=${encodeURIComponent(here)}`);
    morph(notices, found.html);
    called(found.marks, shown);
    shown = found.marks;
  } catch { /* The next news asks again; what is lost or signed out, desk.js says. */ }
  asking = false;
  if (heard !== shown.notices) setTimeout(bring, 1_000);
}

function called(now, before) {
  if (now.returning > before.returning) ring(1, `returning ${now.notices}`);
  if (!onLoad && (now.calls > before.calls || now.alarms > before.alarms)) ring(2, `calls ${now.notices}`);
  if (now.calls > before.calls && !onLoad) say(text("A colleague needs a supervisor."));
  number(now);
}

function number({ calls, alarms, returning }) {
  const count = onLoad ? 0 : calls + alarms + returning;
  alsoCalling(count);
  if (!onLoad && !document.querySelector(".panes")) document.title = count ? `(${count}) ${plain}` : plain;
  clearInterval(again);
  if (calls && !onLoad) again = setInterval(() => ring(2, `again ${Math.floor(Date.now() / AGAIN)}`), AGAIN);
}

function tick() {
  for (const time of notices.querySelectorAll("time[data-left]")) {
    const s = Math.max(0, Math.ceil(time.dataset.left - Date.now() / 1000 + ahead));
    time.textContent = s < 60 ? text("%(seconds)s s", { seconds: s })
      : text("%(minutes)s min %(seconds)s s", { minutes: Math.floor(s / 60), seconds: s % 60 });
  }
}

setInterval(tick, 1_000);
tick();
number(shown);
