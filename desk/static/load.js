// Keeps the supervisor's page fresh: every three seconds the current load is morphed in; open menus and selections stay.

import { askToSignIn, connected, say } from "./desk.js";
import { ring } from "./calls.js";
import { morph } from "./morph.js";
import { get, SignedOut } from "./server.js";
import { text } from "./texts.js";

const EVERY = 3_000; // milliseconds
const load = document.getElementById("load");
let calling = Number(load.dataset.calling);

async function look() {
  try {
    const found = await get("/load/part");
    connected(true);
    morph(load, found.html);
    call(found.calling);
  } catch (error) {
    if (error instanceof SignedOut) askToSignIn();
    else connected(false);
  }
  setTimeout(look, EVERY);
}

function call(now) {
  if (now > calling) {
    ring(2, [...load.querySelectorAll(".alarms li")].map((alarm) => alarm.dataset.key).join());
    say(text("Something needs you."));
  }
  calling = now;
  document.title = now ? text("Workload (%(count)s)", { count: now }) : text("Workload");
}

setTimeout(look, EVERY);
