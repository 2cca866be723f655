// A machine's translation of a reply, shown above the box to be reviewed, and sent by a second click. Any change of the words ends it.

import { askToSignIn, connected } from "./desk.js";
import { post, Refused, SignedOut } from "./server.js";
import { text } from "./texts.js";

const place = document.getElementById("translation");
const form = document.getElementById("reply");
const box = document.getElementById("text");
const button = document.getElementById("translate");
let asked = 0; // only the answer to the last click counts

if (button) {
  form.addEventListener("submit", async (event) => {
    if (event.submitter !== button) return;
    event.preventDefault();
    if (!box.value.trim()) return box.focus();
    const now = ++asked;
    note(text("Translating …"));
    await tried(async () => {
      const { html } = await post(button.formAction, { text: box.value, source: form.elements.source.value });
      if (now === asked) show(html);
    });
  }, { capture: true });

  place.addEventListener("submit", async (event) => {
    event.preventDefault();
    const send = event.target.querySelector("button");
    if (send.disabled) return;
    send.disabled = true;
    const fields = new FormData(event.target);
    await tried(async () => {
      const { refused, html } = await post(event.target.action, fields);
      if (refused) return show(html);
      place.replaceChildren();
      box.value = "";
      box.dispatchEvent(new Event("input"));
      box.focus();
    });
    send.disabled = false;
  });

  box.addEventListener("input", () => { asked++; place.replaceChildren(); });
}

// Only the server's own templates come in here: it has escaped what was written.
function show(html) {
  place.innerHTML = html;
  place.querySelector("form button")?.focus();
}

async function tried(act) {
  try {
    await act();
    connected(true);
  } catch (error) {
    if (error instanceof SignedOut) {
      note(text("Not sent: you were signed out. Your words are kept here."));
      askToSignIn();
    } else if (error instanceof Refused) {
      note(error.word === "over" ? text("Not sent: this conversation is no longer yours. Your words are kept here.")
        : text("That did not work. Nothing was sent, and your words are kept here."));
    } else {
      connected(false);
      note(text("No connection. Nothing was sent, and your words are kept here."));
    }
  }
}

function note(words) {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "status");
  notice.textContent = words;
  place.replaceChildren(notice);
}
