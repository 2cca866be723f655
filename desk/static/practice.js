// The practice room: ready-made replies go into the box as at the desk, and whoever really waits is seen and heard here too.

import { call } from "./calls.js";
import { connected } from "./desk.js";
import { onNews } from "./live.js";
import { watchReady } from "./ready.js";
import { text } from "./texts.js";

const box = document.getElementById("text");
const scroll = document.querySelector(".scroll");

onNews(({ marks }) => {
  if (!marks) return;
  connected(true);
  call(marks);
  if (!marks.waiting) document.title = text("Practice");
  document.querySelector(".really").hidden = !marks.waiting;
});

if (box) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.insert");
    if (!button) return;
    event.preventDefault();
    insert(button.value);
  });
  watchReady(insert);
  scroll.scrollTop = scroll.scrollHeight;
  if (!matchMedia("(pointer: coarse)").matches) {
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }
  // What is changed after a second click was asked for is asked for again.
  box.addEventListener("input", () => {
    const send = box.form.elements.sure;
    send.value = "";
    send.classList.remove("armed");
    send.textContent = text("Send");
  });
}

function insert(words, { first = false } = {}) {
  const written = box.value.trim();
  box.value = (first ? [words, written] : [written, words]).filter(Boolean).join("\n\n");
  box.dispatchEvent(new Event("input"));
  box.focus();
}
