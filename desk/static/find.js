// Search in the open conversation, as one types: in what was written and in the English beside it. Case, accents and vowel signs
// do not matter. Hits are painted by the browser, so the lines themselves stay as they are.

import { text } from "./texts.js";

const PARTS = ".line .text, .line .gloss, .line .choices";
const bar = document.querySelector(".search");
const words = bar?.querySelector("input");
const number = bar?.querySelector("output");
const scroll = document.querySelector(".scroll");
const painted = typeof Highlight === "function" && CSS.highlights;
let hits = []; // ranges, in the order of the lines
let at = -1;
let opened = new Set(); // folds that were opened for a hit

export function watchFind() {
  if (!bar) return;
  words.addEventListener("input", () => { at = -1; search(); show(nearest()); });
  words.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") { event.preventDefault(); show(at + (event.shiftKey ? -1 : 1)); }
    if (event.key === "Escape") { event.stopPropagation(); close(); }
  });
  bar.querySelector(".earlier").addEventListener("click", () => show(at - 1));
  bar.querySelector(".later").addEventListener("click", () => show(at + 1));
  bar.querySelector(".close").addEventListener("click", close);
  const button = document.getElementById("search");
  button.hidden = false;
  button.addEventListener("click", openFind);
}

export function openFind() {
  if (!bar) return;
  bar.hidden = false;
  scroll.querySelector(".lines").classList.add("shown"); // who searches wants to read
  words.focus();
  words.select();
  search();
  if (hits.length) show(nearest());
}

// The lines have changed: the same search again, at the same hit.
export function findAgain() {
  if (!bar || bar.hidden) return;
  search();
  paint();
}

function close() {
  bar.hidden = true;
  hits = [];
  at = -1;
  paint();
  for (const fold of opened) fold.open = false;
  opened = new Set();
  (document.getElementById("text") ?? scroll).focus();
}

function search() {
  const wanted = plain(words.value.trim()).letters;
  hits = wanted ? [...document.querySelectorAll(PARTS)].flatMap((part) => within(part, wanted)) : [];
  at = Math.min(at, hits.length - 1);
}

// The newest hit at first: what was said last is looked for most.
const nearest = () => hits.length - 1;

function show(place) {
  at = hits.length ? (place + hits.length) % hits.length : -1;
  paint();
  if (at < 0) return;
  const fold = hits[at].startContainer.parentElement.closest("details");
  if (fold && !fold.open) { fold.open = true; opened.add(fold); }
  hits[at].startContainer.parentElement.closest(".line").scrollIntoView({ block: "center" });
}

function paint() {
  number.textContent = !words.value.trim() ? "" : hits.length ? text("%(hit)s of %(hits)s", { hit: at + 1, hits: hits.length }) : text("None");
  for (const line of document.querySelectorAll("[data-hit]")) line.removeAttribute("data-hit");
  hits[at]?.startContainer.parentElement.closest(".line").setAttribute("data-hit", "");
  if (!painted) return;
  CSS.highlights.set("hits", new Highlight(...hits.filter((_, place) => place !== at)));
  CSS.highlights.set("hit", new Highlight(...hits.slice(at, at + 1)));
}

// Returns where the words stand in an element, as ranges, also across its parts.
function within(element, wanted) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let whole = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node, from: whole.length });
    whole += node.data;
  }
  const { letters, places } = plain(whole);
  const found = [];
  for (let from = letters.indexOf(wanted); from >= 0; from = letters.indexOf(wanted, from + wanted.length)) {
    const range = document.createRange();
    range.setStart(...inside(nodes, places[from]));
    range.setEnd(...inside(nodes, places[from + wanted.length - 1], 1));
    found.push(range);
  }
  return found;
}

function inside(nodes, place, more = 0) {
  const { node, from } = nodes.findLast((each) => each.from <= place);
  return [node, place - from + more];
}

// Returns a text without case and marks, and for each of its letters the place in the original.
function plain(original) {
  let letters = "";
  const places = [];
  for (let place = 0; place < original.length; place++) {
    const letter = original[place].normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
    letters += letter;
    for (let number = 0; number < letter.length; number++) places.push(place);
  }
  return { letters, places };
}
