// The box in which an operator writes: nothing typed is lost, nothing goes out twice, and a quiet conversation takes two clicks.

import { askToSignIn, connected, say } from "./desk.js";
import { watchReady } from "./ready.js";
import { post, Refused, SignedOut } from "./server.js";
import { text } from "./texts.js";

const KEEP = 1_200; // milliseconds after the last letter until the draft is saved on the server
const TYPING = 3_000;

const form = document.getElementById("reply");
const box = document.getElementById("text");
const how = document.getElementById("how");
const usual = how?.textContent;
const onGlass = matchMedia("(pointer: coarse)").matches; // focusing the box there opens a keyboard over the conversation

export function watchReply(talk, fresh) {
  watchSide(talk);
  if (!form) return;
  const path = `/desk/talk/${talk}`;
  const send = form.querySelector("button");
  const once = form.elements.once; // idempotency key: these words go out once, however often they are sent
  const gone = box.readOnly; // sent before this script ran: another page is on its way
  let kept = box.defaultValue; // what the server has; the box may hold more by now
  let keeping = null;
  let lastTyping = 0;
  let sending = gone;

  const disarm = () => { send.classList.remove("armed"); send.textContent = text("Send"); };
  const tell = (words, bad = false) => { how.textContent = words; how.classList.toggle("bad", bad); how.classList.toggle("usual", words === usual); };

  async function keep(typing) {
    clearTimeout(keeping);
    if (sending) return;
    const draft = box.value;
    try {
      await post(`${path}/draft`, { text: draft, typing: typing ? "yes" : "" });
      kept = draft;
      connected(true);
    } catch (error) {
      if (error instanceof SignedOut) askToSignIn();
      else if (!(error instanceof Refused)) connected(false);
    }
  }

  box.addEventListener("input", () => {
    once.value = "";
    disarm();
    tell(usual);
    clearTimeout(keeping);
    keeping = setTimeout(keep, KEEP, false);
    if (box.value.trim() && Date.now() - lastTyping > TYPING) {
      lastTyping = Date.now();
      keep(true);
    }
  });

  form.addEventListener("submit", async (event) => {
    if (event.submitter && event.submitter !== send) return; // a canned reply, which the browser submits itself
    event.preventDefault();
    if (sending || !box.value.trim()) return;
    const sure = send.classList.contains("armed");
    if (box.dataset.quiet === "yes" && !sure) return arm(text("Somebody else may have the phone. Read it again, then send it."));
    clearTimeout(keeping);
    sending = true;
    box.readOnly = true;
    tell(text("Sending …"));
    once.value ||= crypto.randomUUID?.().replaceAll("-", "") ?? String(Math.random()).slice(2);
    try {
      await post(`${path}/write`, { text: box.value, sure: sure ? "yes" : "", once: once.value });
      box.value = kept = once.value = "";
      disarm();
      tell(usual);
      connected(true);
      fresh();
    } catch (error) {
      failed(error);
    } finally {
      sending = false;
      box.readOnly = false;
      box.focus();
    }
  }, { capture: true });

  function arm(words) {
    send.classList.add("armed");
    send.textContent = text("Send anyway");
    tell(words, true);
  }

  function failed(error) {
    if (error instanceof SignedOut) {
      tell(text("Not sent: you were signed out. Your words are kept here."), true);
      askToSignIn();
    } else if (error instanceof Refused) {
      if (error.word === "quiet") { box.dataset.quiet = "yes"; return arm(text("Somebody else may have the phone. Read it again, then send it.")); }
      tell(error.word === "too_long" ? text("Not sent: longer than 4,000 characters.")
        : error.word === "over" ? text("Not sent: this conversation is no longer yours. Your words are kept here.")
        : text("Not sent: the hotline's storage does not answer. Your words are kept here; send them again."), true);
    } else {
      connected(false);
      tell(text("Not sent: no connection. Your words are kept here; send them again."), true);
    }
  }

  document.addEventListener("keep-draft", async ({ detail }) => {
    await keep(false);
    if (!sending && kept === box.value) detail(); // the page stays while words are being sent; the next news asks again
  });
  addEventListener("pagehide", () => {
    if (gone || box.value === kept) return;
    const token = form.querySelector("input[name=form_token]").value;
    navigator.sendBeacon(`${path}/draft`, new URLSearchParams({ text: box.value, form_token: token }));
  });
  addEventListener("beforeunload", (event) => {
    // Only if the words could be lost: the server does not have them, and cannot be reached.
    if (box.value !== kept && document.getElementById("connection").dataset.state === "off") event.preventDefault();
  });
  addEventListener("online", () => { if (box.value !== kept) keep(false); });

  if (box.value !== kept) keep(false); // typed before this script ran
  if (!onGlass && document.activeElement !== box) {
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }
}

// Canned replies and directory results are appended to what is written.
function watchSide(talk) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.insert");
    if (!button || !box) return;
    event.preventDefault();
    insert(button.value);
  });
  watchReady(insert);

  asked(document.getElementById("find"), async (form) => {
    const { html } = await post(form.action, new FormData(form));
    document.getElementById("found").innerHTML = html;
  });
  asked(document.querySelector("form.note"), async (form) => {
    await post(form.action, new FormData(form));
    form.reset();
  });
}

// Adds a sentence to what is written, at its end or before it.
function insert(words, { first = false } = {}) {
  const written = box.value.trim();
  box.value = (first ? [words, written] : [written, words]).filter(Boolean).join("\n\n");
  box.dispatchEvent(new Event("input"));
  box.focus();
  box.scrollTop = first ? 0 : box.scrollHeight;
}

function asked(form, act) {
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await act(form);
    } catch (error) {
      if (error instanceof SignedOut) askToSignIn();
      else say(error instanceof Refused ? text("That did not work.") : text("No connection. What you typed is still here."));
    }
  }, { capture: true });
}
