// Keeps the files of one build, so that the page works without a network, and adds the headers that a static host may
// not send: with them the page is isolated, which the threads of the CPU engine need.
const cacheName = `nt-playground-${__VERSION__}`;
const headers = __HEADERS__;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(__FILES__))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name !== cacheName && name.startsWith('nt-playground-'))
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request, { ignoreSearch: true });
  const response = kept ?? (await fetch(request));
  if (response.status === 0) return response;
  const more = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) more.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers: more });
}
