// The service worker: shows what was pushed, and opens its page. It keeps nothing and answers no requests of pages.

self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  const options = { body: told.body, lang: told.lang, dir: told.dir, tag: told.url, data: { url: told.url } };
  event.waitUntil(self.registration.showNotification(told.title ?? "Collegium", options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/notifications/", self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href));
});
