// The page's service worker: adds the headers that make a page cross-origin isolated, for hosts
// that do not send them. It keeps nothing, and everything else goes by it.

self.addEventListener('install', () => void self.skipWaiting());

self.addEventListener('fetch', (event) => {
  const { mode, destination } = event.request;
  if (mode === 'navigate' || destination === 'worker') event.respondWith(isolated(event.request));
});

async function isolated(request) {
  const response = await fetch(request);
  // Also what redirects, which cannot be made anew.
  if (!response.ok) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
