/* Keeps 「下乡」 on the telephone: its page, its style and its scripts, and nothing with anybody's name on it.
   Every other address goes to the network untouched. */
"use strict";
const PAGE = "/deputy/field";
const NAME = "field-{{ version }}";
const KEPT = [{% for one in kept %}"{{ one }}",{% endfor %} PAGE];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((box) => Promise.all(KEPT.map((one) => keep(box, one)))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((one) => one !== NAME).map((one) => caches.delete(one))))
    .then(() => self.clients.claim()));
});

/* Keep an answer only if it is the thing itself: no page of signing in, no refusal. */
async function keep(box, address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error("not kept: " + address);
  await box.put(address, answer);
}

/* Static files have names of their own for each content, so what is kept is right for ever. */
async function fileFrom(request) {
  const kept = await caches.match(request, { cacheName: NAME });
  return kept || fetch(request);
}

/* The page: from the network if it answers soon, else as kept; a session that has ended needs no page of signing
   in before there is something to send. */
async function pageFrom(request) {
  try {
    const answer = await Promise.race([
      fetch(request),
      new Promise((done, fail) => setTimeout(() => fail(new Error("slow")), 4000)),
    ]);
    if (answer.ok && !answer.redirected && answer.type === "basic") {
      const copy = answer.clone();
      caches.open(NAME).then((box) => box.put(PAGE, copy)).catch(() => null);
    }
    if (answer.status < 500 && answer.type !== "opaqueredirect") return answer;
    throw new Error("not now");
  } catch (error) {
    return (await caches.match(PAGE, { cacheName: NAME })) || fetch(request);
  }
}

/* Another page of the deputy without network leads to 「下乡」, if that is prepared. */
async function elsewhere(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(PAGE, { cacheName: NAME });
    if (!kept) throw error;
    return Response.redirect(PAGE, 302);
  }
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (KEPT.includes(address.pathname) && address.pathname !== PAGE) event.respondWith(fileFrom(request));
  else if (request.mode !== "navigate") return;
  else if (address.pathname === PAGE) event.respondWith(pageFrom(request));
  else if (/^\/(deputy|desk)(\/|$)/.test(address.pathname)) event.respondWith(elsewhere(request));
});
