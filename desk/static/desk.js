// What every page of the desk does on its own: it says when the connection or the session is gone, lets somebody sign in
// again in place, so nothing typed is lost, and tells the server that somebody is there when somebody is.

import { get, post, setFormToken, SignedOut } from "./server.js";
import { text } from "./texts.js";

const LOOK = 20_000; // milliseconds between session checks
const ALIVE = 60_000; // milliseconds; at most one sign of life in this time
const WARN = 120; // seconds before the end of a session

const dialog = document.getElementById("signed-out");
const connection = document.getElementById("connection");
const lost = document.getElementById("lost");
let lastSign = Date.now();
let lastHeard = Date.now(); // when the server answered last
let touched = false;

// Typing and pointing are signs of life; a script never sends one on its own.
for (const kind of ["keydown", "pointerdown"]) {
  addEventListener(kind, () => { touched = true; alive(); }, { passive: true });
}

async function alive() {
  if (!touched || Date.now() - lastSign < ALIVE) return;
  touched = false;
  lastSign = Date.now();
  await look(() => post("/still-here"));
}

// The server notifies nobody on their devices who looks at a page of the desk.
// Whose conversation a supervisor reads along is told to its operator, while the page is open.
const openTalk = document.querySelector("[data-talk]")?.dataset.talk;
const session = () => get(`/session?visible=${document.hidden ? "no" : "yes"}${openTalk && !document.hidden ? `&talk=${openTalk}` : ""}`);
document.addEventListener("visibilitychange", () => look(session));

async function look(ask) {
  try {
    const state = await ask();
    connected(true);
    if (state.account !== document.documentElement.dataset.account) location.reload();
    warn(state.left);
  } catch (error) {
    if (error instanceof SignedOut) askToSignIn();
    else connected(false);
  }
}

export function connected(answered) {
  const yes = answered && navigator.onLine; // an answer requested before the network was lost proves nothing
  if (yes) lastHeard = Date.now();
  if (connection.dataset.state === (yes ? "on" : "off")) return;
  connection.dataset.state = yes ? "on" : "off";
  connection.querySelector("b").textContent = yes ? text("live") : text("no connection");
  lost.querySelector("time").textContent = new Date(lastHeard).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  lost.hidden = yes;
  // Without the server nobody knows whether somebody is still on duty.
  document.documentElement.dataset.connection = connection.dataset.state;
  for (const button of document.querySelectorAll(".duty button")) button.disabled = !yes;
  document.dispatchEvent(new CustomEvent("connection", { detail: yes }));
}

function warn(left) {
  const shown = document.getElementById("ending");
  if (left > WARN) return shown?.remove();
  if (shown) return;
  const toast = say(text("You will be signed out in two minutes.") + " ", { stays: true });
  toast.id = "ending";
  const stay = document.createElement("button");
  stay.className = "small";
  stay.textContent = text("Stay signed in");
  stay.addEventListener("click", () => { touched = true; lastSign = 0; alive(); toast.remove(); });
  toast.append(stay);
}

// Shows a message at the edge of the page, which disappears after a while.
export function say(words, { stays = false } = {}) {
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = words;
  document.getElementById("toasts").append(toast);
  if (!stays) setTimeout(() => toast.remove(), 6_000);
  return toast;
}

// Lets somebody sign in on top of the page.
export function askToSignIn() {
  if (!dialog.open) dialog.showModal();
}

dialog.addEventListener("cancel", (event) => event.preventDefault());
dialog.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const fault = form.querySelector(".notice");
  fault.hidden = true;
  try {
    const answer = await fetch("/sign-in", { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const found = await answer.json();
    if (answer.ok) return signedIn(found, form);
    fault.textContent = found.error === "too_many" ? text("Too many attempts. Wait 15 minutes.")
      : text("Name, password or code is wrong. Each code works only once: wait for the next one.");
  } catch {
    fault.textContent = text("No connection. Try again.");
  }
  fault.hidden = false;
});

function signedIn(found, form) {
  // Somebody else sits here now, who must not see what is on this page.
  if (found.account !== document.documentElement.dataset.account) return location.assign("/");
  setFormToken(found.form_token);
  form.reset();
  dialog.close();
  document.dispatchEvent(new CustomEvent("signed-in"));
}

addEventListener("offline", () => connected(false));
addEventListener("online", () => look(session));

// A form sent after the session ended would leave the page: check first, and keep what was typed here.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post" || form.closest("#signed-out") || event.defaultPrevented || form.dataset.sure) return;
  event.preventDefault();
  const by = event.submitter;
  try {
    await session();
  } catch (error) {
    if (error instanceof SignedOut) return askToSignIn();
    connected(false);
    return say(text("No connection: nothing was sent, nothing is lost."));
  }
  form.dataset.sure = "yes";
  form.requestSubmit(by ?? undefined);
  delete form.dataset.sure;
});

// On a phone the navigation scrolls sideways: bring the open page into view.
document.querySelector(".bar [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// Menus close when somebody clicks elsewhere or presses Escape.
addEventListener("pointerdown", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
});
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

setInterval(() => look(session), LOOK);

// A button that copies a field is shown only where the browser allows it.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    say(text("Copied."));
  });
}
