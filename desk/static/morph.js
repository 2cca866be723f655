// Morphs a part of the page into new HTML, touching only what differs: focus, scroll, open menus and typed text stay.

// Attributes for what the reader has opened or chosen, which stay.
const KEPT = new Set(["open", "data-chosen", "data-hit"]);

export function morph(element, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  children(element, made.content);
}

function children(old, made) {
  const known = new Map();
  for (const child of old.children) if (child.dataset.key) known.set(child.dataset.key, child);
  let at = old.firstChild;
  for (const next of [...made.childNodes]) {
    const same = next.dataset?.key ? known.get(next.dataset.key) : alike(at, next) && !at.dataset?.key ? at : null;
    if (!same) { old.insertBefore(next, at); continue; }
    if (same === at) at = at.nextSibling;
    else old.insertBefore(same, at);
    node(same, next);
  }
  while (at) { const after = at.nextSibling; at.remove(); at = after; }
}

function alike(old, made) {
  return old && old.nodeType === made.nodeType && old.nodeName === made.nodeName;
}

function node(old, made) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== made.nodeValue) old.nodeValue = made.nodeValue;
    return;
  }
  for (const { name, value } of made.attributes) if (!KEPT.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (!KEPT.has(name) && !made.hasAttribute(name)) old.removeAttribute(name);
  children(old, made);
}
