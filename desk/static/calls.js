// Calls somebody who looks elsewhere: a short sound and the title of the page. Both can be switched off; no title says what this is about.

import { say } from "./desk.js";

const html = document.documentElement;
let before = null;
let flashing = null;
let audio = null;

export function call(marks) {
  const number = marks.waiting + marks.unseen;
  title(number);
  if (before) {
    if (marks.urgent > before.urgent) {
      ring(2);
      say("A P0 waits.");
    } else if (marks.waiting > before.waiting || marks.unseen > before.unseen) ring(1);
    if (marks.offered > before.offered) say("A colleague offers you a talk.");
  }
  if (before && number > before.waiting + before.unseen && document.hidden) flash();
  before = marks;
}

function title(number) {
  title.text = number ? `Desk (${number})` : "Desk";
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
  document.title = title.text ?? "Desk";
});

// Browsers allow a sound only after somebody has touched the page.
addEventListener("pointerdown", () => { audio ??= new AudioContext(); }, { once: true });
addEventListener("keydown", () => { audio ??= new AudioContext(); }, { once: true });

export function ring(times) {
  if (html.dataset.sound !== "on" || !audio) return;
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
