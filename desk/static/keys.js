// Keyboard shortcuts for everything on the operator's page; none of them while somebody types.

import { say } from "./desk.js";
import { openFind } from "./find.js";
import { turnFolds } from "./folds.js";

const dialog = document.getElementById("keys");

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  c: () => take((document.querySelector(".waiting [data-chosen]") ?? document.querySelector(".waiting li"))?.querySelector("button")),
  r: () => document.getElementById("text")?.focus(),
  n: () => { open(document.querySelector(".fold")); document.getElementById("note")?.focus(); },
  w: () => { open(document.querySelector(".ready")); document.getElementById("filter")?.focus(); },
  "/": () => { open(document.querySelector(".find")); document.querySelector(".find input[name=place]")?.focus(); },
  f: openFind,
  b: turnFolds,
  "?": () => dialog.showModal(),
  1: () => own(0),
  2: () => own(1),
  3: () => own(2),
};

export function showKeys() {
  document.documentElement.dataset.keys = ""; // hints for keys show only where keys work
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) return event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function typing(element) {
  return element instanceof HTMLElement && (element.matches("input, select, textarea") || element.isContentEditable);
}

function open(fold) {
  if (fold) fold.open = true;
}

// What cannot be taken now says why, and the open conversation stays.
function take(button) {
  if (button?.disabled) say(button.title);
  else button?.click();
}

function move(step) {
  const rows = [...document.querySelectorAll(".queue li[data-key]")];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.hasAttribute("data-chosen"));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  rows[at]?.removeAttribute("data-chosen");
  next.setAttribute("data-chosen", "");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("button, a")?.focus();
}

const own = (number) => document.querySelectorAll(".own a")[number]?.click();
