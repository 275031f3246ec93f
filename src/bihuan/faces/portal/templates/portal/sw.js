{% load static %}// Keeps the portal's forms open without a network, and sends what waits when the network is back.
importScripts("{% static 'js/portal/outbox.js' %}");

const CACHE = "bihuan-{{ version }}";
const SHELL = [{% for file in files %}"{{ file|escapejs }}", {% endfor %}];
const AWAY = "{% url 'portal:away' %}";
const HOME = "{% url 'portal:home' %}";

// Only pages that hold nothing of any person are kept: the front page and the empty forms.
const isKeptPage = (url) => url.pathname === HOME || url.pathname.startsWith("/ask/");
const isShell = (url) => url.pathname.startsWith("/static/");

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll([...SHELL, AWAY, HOME]);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

async function page(request, url) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected && isKeptPage(url)) {
      await cache.put(url.pathname, answer.clone());
    }
    return answer;
  } catch {
    return (await cache.match(url.pathname)) || (await cache.match(AWAY)) || Response.error();
  }
}

async function file(request) {
  const kept = await caches.match(request, { ignoreSearch: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const copy = answer.clone();
    caches.open(CACHE).then((cache) => cache.put(request, copy));
  }
  return answer;
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, url));
  else if (isShell(url)) event.respondWith(file(event.request));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(self.outbox.flush());
});
