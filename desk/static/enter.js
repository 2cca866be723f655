// Enter sends from the moment the box is there. This script stands before the box; the others come when the page is read, on a slow
// network seconds later. What it is to send, the form says: until reply.js does it within the page, the browser sends it as any form.

const onGlass = matchMedia("(pointer: coarse)").matches; // no Shift there: Enter makes a new line

addEventListener("keydown", (event) => {
  const { target, key, shiftKey, isComposing } = event;
  // Enter that ends a word of an input method is not meant to send.
  if (target.id !== "text" || key !== "Enter" || shiftKey || isComposing || onGlass) return;
  event.preventDefault();
  target.form.requestSubmit(target.form.elements.sure);
});

// On its way by the browser: what is typed from here on would be lost with the page.
addEventListener("submit", ({ target, defaultPrevented }) => {
  if (target.id === "reply" && !defaultPrevented) target.elements.text.readOnly = true;
});
