// Lets Enter send from the moment the box is there. This script stands before the box; the others run once the page is parsed,
// on a slow network seconds later. Until reply.js sends the form from within the page, the browser submits it like any form.

const onGlass = matchMedia("(pointer: coarse)").matches; // touch keyboards have no Shift+Enter: there Enter makes a new line

addEventListener("keydown", (event) => {
  const { target, key, shiftKey, isComposing } = event;
  // Enter that confirms a word in an input method is not meant to send.
  if (target.id !== "text" || key !== "Enter" || shiftKey || isComposing || onGlass) return;
  event.preventDefault();
  target.form.requestSubmit(target.form.elements.sure);
});

// The browser is submitting the form: anything typed from here on would be lost with the page.
addEventListener("submit", ({ target, defaultPrevented }) => {
  if (target.id === "reply" && !defaultPrevented) target.elements.text.readOnly = true;
});
