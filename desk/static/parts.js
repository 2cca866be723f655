// The parts of the operator's page, kept in step with the server. Each comes with its change token, so the page knows what it
// shows, and is fetched again until that matches the last token heard.

import { get, SignedOut } from "./server.js";

const AGAIN = 1_000; // milliseconds; the server polls as often, and then says which of two tokens was right

// `shown`: the change tokens that the page came with. `put` places new HTML in a part.
export function keepFresh(talk, shown, put) {
  let heard = { ...shown };
  let asking = false;
  let again;

  const stale = () => Object.keys(heard).filter((part) => heard[part] !== shown[part]);

  // One round at a time, so an older answer never arrives after a newer one.
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
      if (!(part in heard)) return; // the conversation has ended meanwhile: nothing of it comes back
      put(part, html);
      shown[part] = mark;
    } catch (error) {
      // Signed out, or the conversation is over: the next news says so.
      if (error instanceof SignedOut || error.status === 404) delete heard[part];
    }
  }

  return {
    hear(marks) { heard = marks; ask(); },
    renew(part) { shown[part] = ""; ask(); },
  };
}
