// A machine translation into English below what the person wrote, on the operator's request: labeled, and kept nowhere.

import { say } from "./desk.js";
import { get } from "./server.js";
import { text } from "./texts.js";

const button = document.getElementById("english");
const known = new Map();
let talk = "";

export function watchEnglish(id) {
  if (!button) return;
  talk = id;
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    if (!on) for (const line of document.querySelectorAll(".machine")) line.remove();
    showEnglish();
  });
}

export async function showEnglish() {
  if (button?.getAttribute("aria-pressed") !== "true") return;
  const lines = [...document.querySelectorAll(".line.you")];
  if (lines.some((line) => !known.has(line.dataset.key))) {
    try {
      const found = (await get(`/desk/part/english?talk=${talk}`)).lines;
      for (const line of lines) known.set(line.dataset.key, found[line.dataset.key] ?? "");
    } catch {
      say(text("No machine translation right now."));
    }
  }
  for (const line of lines) {
    const english = known.get(line.dataset.key);
    if (!english || line.querySelector(".machine")) continue;
    const shown = document.createElement("p");
    shown.className = "gloss machine soft";
    const said = document.createElement("bdi");
    said.lang = "en";
    said.textContent = english;
    shown.append(text("Machine translation:"), " ", said);
    line.append(shown);
  }
}
