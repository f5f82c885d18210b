// The page's service worker: adds the headers that make a page cross-origin isolated, for hosts that
// do not send them, and answers with what src/offline/page.ts has kept: files whose address tells what
// is in them at once, the page itself where there is no network. It keeps nothing by itself.

self.addEventListener('install', () => void self.skipWaiting());

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { method, mode, destination, url } = request;
  if (method !== 'GET' || !url.startsWith(self.registration.scope)) return;
  if (request.cache === 'reload') return; // asks for what the server has
  if (mode === 'navigate') event.respondWith(page(request).then(isolated));
  else if (destination === 'worker') event.respondWith(file(request).then(isolated));
  else event.respondWith(file(request));
});

const file = async (request) => (await kept(request)) ?? fetch(request);

const page = (request) =>
  fetch(request).catch(async (error) => {
    const found = await kept(self.registration.scope);
    if (!found) throw error;
    return found;
  });

/** What is kept there, of several versions of the page the newest; undefined where storage is blocked. */
async function kept(request) {
  try {
    for (const name of (await caches.keys()).reverse()) {
      const cache = await caches.open(name);
      const found = await cache.match(request, { ignoreVary: true });
      if (found) return found;
    }
  } catch {
    // Then the network has it.
  }
  return undefined;
}

function isolated(response) {
  // Also what redirects, which cannot be made anew.
  if (!response.ok) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
