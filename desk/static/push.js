// Lets somebody say that this device is to notify them. Nothing is asked or kept before they press the button.

import { say } from "./desk.js";
import { post } from "./server.js";
import { text } from "./texts.js";

const form = document.getElementById("push");
const begin = form.querySelector("[data-begin]");
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
form.querySelector("[data-unable]").hidden = able;
begin.hidden = !able;

begin.addEventListener("click", async () => {
  begin.disabled = true;
  try {
    if (await Notification.requestPermission() !== "granted") {
      say(text("This browser does not allow notifications from the desk. You can change that in its settings."));
      return;
    }
    await post("/push/subscribe", await subscription());
    location.assign("/you?done=saved");
  } catch {
    say(text("That did not work: this browser has no push service, or it is not one that the desk may use."));
  } finally {
    begin.disabled = false;
  }
});

async function subscription() {
  const words = new URLSearchParams({ title: text("Desk"), body: text("Please have a look.") });
  const worker = await navigator.serviceWorker.register(`/static/push-worker.js?${words}`);
  await (await worker.pushManager.getSubscription())?.unsubscribe(); // it may be that of an earlier key
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.key });
  const { endpoint, keys } = made.toJSON();
  return { endpoint, p256dh: keys.p256dh, auth: keys.auth };
}

// Whoever ends it here leaves nothing in this browser either.
form.querySelector("[data-end]")?.addEventListener("click", async () => {
  if (!able) return;
  const worker = await navigator.serviceWorker.getRegistration("/static/");
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
  await worker?.unregister();
});
