// Alerts for somebody who looks elsewhere: a short sound and the page title. Both can be switched off; no title names the topic.

import { say } from "./desk.js";
import { text } from "./texts.js";

const html = document.documentElement;
const HEARD = 10_000; // milliseconds within which every tab has heard the same news
let before = null;
let flashing = null;
let audio = null;
let beside = 0;

export function call(marks) {
  const number = marks.waiting + marks.unseen;
  title(number + beside);
  if (before) {
    const what = JSON.stringify(marks);
    if (marks.urgent > before.urgent) {
      ring(2, what);
      say(text("A P0 is waiting."));
    } else if (marks.waiting > before.waiting || marks.unseen > before.unseen) ring(1, what);
    if (marks.offered > before.offered) say(text("A colleague offers you a conversation."));
  }
  if (before && number > before.waiting + before.unseen && document.hidden) flash();
  before = marks;
}

// What else calls for this operator is in the number of the title too.
export function alsoCalling(number) {
  beside = number;
  if (before) title(before.waiting + before.unseen + beside);
}

function title(number) {
  title.text = number ? text("Desk (%(number)s)", { number }) : text("Desk");
  if (!flashing) document.title = title.text;
}

function flash() {
  if (html.dataset.flash !== "on" || flashing) return;
  let on = false;
  flashing = setInterval(() => { on = !on; document.title = on ? `● ${title.text}` : title.text; }, 1_000);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden || !flashing) return;
  clearInterval(flashing);
  flashing = null;
  document.title = title.text ?? text("Desk");
});

// Browsers allow sound only after somebody has interacted with the page.
addEventListener("pointerdown", () => { audio ??= new AudioContext(); }, { once: true });
addEventListener("keydown", () => { audio ??= new AudioContext(); }, { once: true });

// Of several tabs that hear the same news and may play sound, only the first to ask rings.
export function ring(times, what) {
  if (html.dataset.sound !== "on" || !audio) return;
  if (!navigator.locks) return sound(times);
  navigator.locks.request(`desk-ring ${what}`, { ifAvailable: true }, (lock) => {
    if (!lock) return;
    sound(times);
    return new Promise((later) => setTimeout(later, HEARD));
  });
}

function sound(times) {
  for (let number = 0; number < times; number++) {
    const from = audio.currentTime + number * 0.28;
    const tone = new OscillatorNode(audio, { type: "sine", frequency: times > 1 ? 784 : 587 });
    const level = new GainNode(audio, { gain: 0 });
    level.gain.setValueAtTime(0, from);
    level.gain.linearRampToValueAtTime(0.16, from + 0.02);
    level.gain.exponentialRampToValueAtTime(0.001, from + 0.25);
    tone.connect(level).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.26);
  }
}
