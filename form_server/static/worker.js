/*
 * Shows that something waits, and leads back to the desk. It takes over no request and keeps
 * nothing: what the desk shows lies in no cache.
 */
const HOME = "/desk/";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients
      .matchAll({ type: "window", includeUncontrolled: true })
      .then((open) => (open.length ? open[0].focus() : self.clients.openWindow(HOME))),
  );
});
