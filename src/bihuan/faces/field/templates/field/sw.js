{% load static %}// Keeps the pages for people who go open without a network: all of them at once, before anybody needs one.
const CACHE = "bihuan-field-{{ version }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}", {% endfor %}];
const PAGES = [{% for page in pages %}"{{ page|escapejs }}", {% endfor %}];
const AWAY = "{% url 'field:away' %}";
const PATIENCE_MS = 2500; // a network that is there in name only must not keep a lorry waiting

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll([...FILES, ...PAGES, AWAY].map((url) => new Request(url, { cache: "reload" })));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("bihuan-field-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

async function page(request, path) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok && !answer.redirected && PAGES.includes(path)) await cache.put(path, answer.clone());
    return answer;
  } catch {
    return (await cache.match(path)) || (await cache.match(AWAY)) || Response.error();
  }
}

async function file(request) {
  const kept = await caches.match(request, { ignoreSearch: true });
  return kept || fetch(request);
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, url.pathname));
  else if (url.pathname.startsWith("{% get_static_prefix %}")) event.respondWith(file(event.request));
});
