// Listens to the server for changes. Of several tabs only one listens, and tells the others: a browser allows only a few
// connections to one server, and the desk may be open in many tabs.

const SILENCE = 25_000; // milliseconds; the server sends something every ten seconds
const channel = new BroadcastChannel("desk");
const listeners = new Set();
let closed = false;
let last = null; // the last news this tab told the others

// Calls back with {marks} when something has changed, {away: true} while Redis is away, {lost: true} without a connection,
// and {signedOut: true} when the session is over.
export function onNews(listener) {
  listeners.add(listener);
  channel.postMessage({ opened: true }); // this tab missed the news told before it opened
}

function tell(news) {
  last = news;
  channel.postMessage(news);
  for (const listener of listeners) listener(news);
}

channel.addEventListener("message", ({ data }) => {
  if (data.opened) {
    if (last) channel.postMessage(last);
  } else for (const listener of listeners) listener(data);
});

function listen() {
  return new Promise((ended) => {
    const source = new EventSource("/desk/live");
    let silence;
    const end = (news) => { clearTimeout(silence); source.close(); if (news) tell(news); ended(); };
    // A lost network raises no event; silence is the only sign.
    const heard = () => { clearTimeout(silence); silence = setTimeout(end, SILENCE, { lost: true }); };
    heard();
    source.addEventListener("marks", ({ data }) => { heard(); tell({ marks: JSON.parse(data) }); });
    source.addEventListener("away", () => { heard(); tell({ away: true }); });
    source.addEventListener("signed_out", () => end({ signedOut: true }));
    // We close and reopen it ourselves: after some responses a browser does not retry.
    source.addEventListener("error", () => end({ lost: true }));
    addEventListener("pagehide", () => { closed = true; end(); }, { once: true });
  });
}

async function go() {
  while (!closed) {
    await listen();
    await new Promise((later) => setTimeout(later, 2_000));
  }
}

// Only one tab gets the lock; when it closes, the next tab takes over.
if (navigator.locks) navigator.locks.request("desk-live", go);
else go();
