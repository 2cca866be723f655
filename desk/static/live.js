// Hears from the server what has changed. Of several tabs one listens and tells the others: a browser allows only a few
// connections to one server, and a desk may be open in many tabs.

const SILENCE = 25_000; // milliseconds; the server says something every ten seconds
const channel = new BroadcastChannel("desk");
const listeners = new Set();
let closed = false;
let last = null; // news that this tab has told the others

// Calls back with {marks} when something has changed, {away: true} while the server's memory is away, {lost: true} without a connection.
export function onNews(listener) {
  listeners.add(listener);
  channel.postMessage({ opened: true }); // what was told while this tab was on its way to us it has not heard
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
    // A network that has gone says nothing of it: silence does.
    const heard = () => { clearTimeout(silence); silence = setTimeout(end, SILENCE, { lost: true }); };
    heard();
    source.addEventListener("marks", ({ data }) => { heard(); tell({ marks: JSON.parse(data) }); });
    source.addEventListener("away", () => { heard(); tell({ away: true }); });
    source.addEventListener("signed_out", () => end({ signedOut: true }));
    // Closed and opened anew by ourselves: after some answers a browser does not try again.
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

// Only one tab gets the lock; when it closes, the next one goes on.
if (navigator.locks) navigator.locks.request("desk-live", go);
else go();
