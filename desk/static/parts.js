// The parts of the operator's page, kept as the server has them. Each comes with its mark, so that the page knows what it shows,
// and is asked for again until that is what was heard of last.

import { get, SignedOut } from "./server.js";

const AGAIN = 1_000; // milliseconds; the server looks as often, and then says which of the two was right

// `shown`: the marks of what the page came with. `put` brings new HTML into a part.
export function keepFresh(talk, shown, put) {
  let heard = { ...shown };
  let asking = false;
  let again;

  const stale = () => Object.keys(heard).filter((part) => heard[part] !== shown[part]);

  // One round after the other: of two answers to the same question the older one never comes last.
  async function ask() {
    if (asking) return;
    asking = true;
    clearTimeout(again);
    await Promise.all(stale().map(bring));
    asking = false;
    if (stale().length) again = setTimeout(ask, AGAIN);
  }

  async function bring(part) {
    try {
      const { html, mark } = await get(`/desk/part/${part}?talk=${talk}`);
      if (!(part in heard)) return; // the talk has ended meanwhile: nothing of it comes back
      put(part, html);
      shown[part] = mark;
    } catch (error) {
      // Signed out, or over: the next news says so.
      if (error instanceof SignedOut || error.status === 404) delete heard[part];
    }
  }

  return {
    hear(marks) { heard = marks; ask(); },
    renew(part) { shown[part] = ""; ask(); },
  };
}
