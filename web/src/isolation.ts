/**
 * Cross-origin isolation, without which a page has no threads. Where the host does not send the
 * headers for it, a service worker (public/isolation.js) adds them to every load but the first. In
 * a frame they would do nothing.
 */
import { optional } from './optional';

/** What a person may do first; from then on the page stays as it is. */
const beginnings = ['pointerdown', 'keydown', 'drop'];

const patience = 2000; // milliseconds

/**
 * Resolves when the page may go on as it is. On a first visit it is loaded once more instead: at
 * once and only if nobody has begun anything. What was loaded anew never is again.
 */
export async function seeToIsolation(): Promise<void> {
  if (self.crossOriginIsolated || import.meta.env.DEV || self !== self.top) return;
  const workers = optional(() => navigator.serviceWorker);
  if (!workers) return;
  const installed = install(workers);
  // Where the service worker is at work already, another load would be no different.
  if (workers.controller || wasReloaded()) return;
  if (!(await Promise.race([installed, begun(), timeIsUp()]))) return;
  location.reload();
  await new Promise(() => undefined);
}

/** Whether the service worker is ready to add headers. */
async function install(workers: ServiceWorkerContainer): Promise<boolean> {
  try {
    await workers.register('isolation.js');
    await workers.ready;
    return true;
  } catch {
    return false;
  }
}

const begun = (): Promise<false> =>
  new Promise((resolve) => {
    for (const type of beginnings) {
      addEventListener(type, () => resolve(false), { once: true, capture: true });
    }
  });

const timeIsUp = (): Promise<false> =>
  new Promise((resolve) => setTimeout(() => resolve(false), patience));

function wasReloaded(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  return (navigation as PerformanceNavigationTiming | undefined)?.type === 'reload';
}
