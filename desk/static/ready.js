// Ready-made replies: filtered as one types, walked with the arrows, put into the box with Enter. They stand beside the
// conversation, and over the box when its text begins with "/".

import { plural, text } from "./texts.js";

const box = document.getElementById("text");
const panel = document.querySelector(".ready .inside");
const scroll = document.querySelector(".scroll");
const over = document.getElementById("over-box");

export function watchReady(insert) {
  if (!panel || !box) return;
  filtering(panel, document.getElementById("filter"), insert, () => box.focus());
  over.append(copied());
  const input = over.querySelector("input");
  const filter = filtering(over, input, (words) => { close(); insert(words, { first: true }); }, () => close());

  box.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || box.readOnly) return;
    if (box.selectionStart || box.selectionEnd) return; // only at the beginning
    event.preventDefault();
    const end = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
    over.hidden = false;
    if (end) scroll.scrollTop = scroll.scrollHeight; // what was said last stays in sight
    input.value = "";
    filter();
    input.focus();
  });
  // A slash after the slash is meant as one.
  input.addEventListener("input", () => {
    if (input.value !== "/") return;
    close();
    box.setRangeText("/", 0, 0, "end");
    box.dispatchEvent(new Event("input"));
  });
  // A click on a reply leaves the focus in the field: some browsers focus no buttons, and the list would close before the click.
  over.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
  over.addEventListener("focusout", ({ relatedTarget }) => { if (!over.contains(relatedTarget)) over.hidden = true; });
  over.addEventListener("click", (event) => {
    const button = event.target.closest("button.insert");
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    close();
    insert(button.value, { first: true });
  });

  function close() {
    over.hidden = true;
    box.focus();
  }
}

function copied() {
  const copy = panel.cloneNode(true);
  copy.className = "inside";
  copy.querySelector("input").id = "filter-over";
  copy.querySelector("label").htmlFor = "filter-over";
  copy.querySelector("output").htmlFor = "filter-over";
  return copy;
}

// Lets a field filter the replies below it. Returns the function that filters them now.
function filtering(place, input, pick, leave) {
  const items = [...place.querySelectorAll("li")];
  const list = place.querySelector(".replies");
  const count = place.querySelector("output");
  list.id = `${input.id}-replies`;
  input.setAttribute("aria-controls", list.id);
  for (const [number, item] of items.entries()) {
    const button = item.querySelector("button");
    button.id = `${input.id}-${number}`;
    button.addEventListener("focus", () => choose(item));
  }
  let chosen = null;

  const shown = () => items.filter((item) => !item.hidden);

  function choose(item) {
    chosen?.removeAttribute("data-chosen");
    chosen = item;
    chosen?.setAttribute("data-chosen", "");
    if (chosen) input.setAttribute("aria-activedescendant", chosen.querySelector("button").id);
    else input.removeAttribute("aria-activedescendant");
    if (chosen && document.activeElement === input) chosen.scrollIntoView({ block: "nearest" });
  }

  function filter() {
    const words = input.value.trim().toLocaleLowerCase().split(/\s+/);
    for (const item of items) {
      const reply = item.textContent.toLocaleLowerCase();
      item.hidden = !words.every((word) => reply.includes(word));
    }
    for (const each of place.querySelectorAll("ul")) each.previousElementSibling.hidden = !each.querySelector("li:not([hidden])");
    const found = shown().length;
    count.textContent = found ? plural("%(num)s reply", "%(num)s replies", found) : text("No reply has these words.");
    count.classList.toggle("unseen", found > 0);
    choose(shown()[0] ?? null);
  }

  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const left = shown();
      if (left.length) choose(left[Math.min(Math.max(left.indexOf(chosen) + step, 0), left.length - 1)]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const button = (chosen ?? shown()[0])?.querySelector("button");
      if (button) pick(button.value);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      leave();
    }
  });
  return filter;
}
