// How the desk's scripts talk to the server: posts carry the page's form token, and an ended session raises its own error.

const LIMIT = 15_000; // milliseconds until an answer counts as lost

export class SignedOut extends Error {}
export class Refused extends Error {
  constructor(status, word) {
    super(word);
    this.status = status;
    this.word = word;
  }
}

export function formToken() {
  return document.querySelector("input[name=form_token]")?.value ?? "";
}

// After signing in again on top of the page, its forms continue with the new session.
export function setFormToken(token) {
  for (const field of document.querySelectorAll("input[name=form_token]")) field.value = token;
}

// Posts fields as a form does; returns the answer's JSON, or throws SignedOut, Refused, or what fetch throws without a network.
export async function post(path, fields = {}) {
  return read(await fetch(path, {
    method: "POST",
    headers: { Accept: "application/json", "X-Form-Token": formToken() },
    body: new URLSearchParams(fields),
  }));
}

export async function get(path) {
  // A lost network may never report an error, and polling must not wait for it.
  return read(await fetch(path, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(LIMIT) }));
}

async function read(answer) {
  if (answer.status === 401) throw new SignedOut();
  const found = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  if (!answer.ok) throw new Refused(answer.status, found.error ?? "");
  return found;
}
