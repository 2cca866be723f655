// Shows a notification on a device whose owner asked for it. It reads nothing of the message: the sentence is always this one, and
// says neither what the desk is about nor who waits. Its scope is /static/, so it never stands between a page and the server.

const said = new URL(self.location).searchParams; // the same two words in the language of whoever asked for it

self.addEventListener("push", (event) => event.waitUntil(show()));

async function show() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.some((page) => page.visibilityState === "visible")) return; // which rings by itself
  await self.registration.showNotification(said.get("title") ?? "Desk", { body: said.get("body") ?? "Please have a look.", tag: "desk", renotify: true });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});

async function open() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.length ? pages[0].focus() : self.clients.openWindow("/desk");
}
