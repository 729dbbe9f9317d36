/*
 * A notification when somebody new waits, for who asked for it by a tap. It says that, and nothing
 * of whom: it is read on a locked screen.
 */
const WORKER = "/desk/worker.js";
const SCOPE = "/desk/";
const TITLE = "Your desk";
const SAYS = "Somebody is waiting for a call.";

const isAble = () =>
  "Notification" in window && "serviceWorker" in navigator && window.isSecureContext;

export const isWanted = () => isAble() && Notification.permission === "granted";

export async function announce() {
  const worker = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  await navigator.serviceWorker.ready;
  // One at a time: the next takes the place of the last.
  await worker.showNotification(TITLE, { body: SAYS, tag: "waiting", renotify: true });
}

/** The offer is shown only where the answer is still open. */
export function offer(place) {
  if (!isAble() || Notification.permission !== "default") return;
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    const answer = await Notification.requestPermission();
    place.hidden = answer !== "default";
    if (answer === "granted") await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  });
}
