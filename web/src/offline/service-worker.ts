/** The page's one service worker, public/service-worker.js. */
import { optional } from '../optional';

let asked: Promise<ServiceWorkerRegistration | null> | null = null;

/** Once it is at work; null where it cannot be had, and in a frame, which is no page of its own. */
export const serviceWorker = (): Promise<ServiceWorkerRegistration | null> => (asked ??= install());

async function install(): Promise<ServiceWorkerRegistration | null> {
  if (import.meta.env.DEV || self !== self.top) return null;
  const workers = optional(() => navigator.serviceWorker);
  if (!workers) return null;
  try {
    await workers.register('service-worker.js');
    return await workers.ready;
  } catch {
    return null;
  }
}
