/**
 * Cross-origin isolation, without which a page has no threads. Where the host does not send the
 * headers for it, the service worker adds them to every load but the first. In a frame they would do
 * nothing.
 */
import { serviceWorker } from './offline/service-worker';
import { optional } from './optional';

/** What a person may do first; from then on the page stays as it is. */
const beginnings = ['pointerdown', 'keydown', 'drop'];

const patience = 2000; // milliseconds

/**
 * Resolves when the page may go on as it is. On a first visit it is loaded once more instead: at
 * once and only if nobody has begun anything. What was loaded anew never is again.
 */
export async function seeToIsolation(): Promise<void> {
  if (self.crossOriginIsolated) return;
  const ready = serviceWorker().then((found) => found !== null);
  // Where the service worker is at work already, another load would be no different.
  const atWork = optional(() => navigator.serviceWorker.controller) ?? null;
  if (atWork || wasReloaded()) return;
  if (!(await Promise.race([ready, begun(), timeIsUp()]))) return;
  location.reload();
  await new Promise(() => undefined);
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
