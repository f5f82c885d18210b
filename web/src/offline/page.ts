/**
 * Keeps the page on this device, so that it opens without a network: every file of this version, and
 * after them the page itself. The service worker answers with them.
 */
import { serviceWorker } from './service-worker';

/** What vite.config.ts writes into the page. */
interface Version {
  name: string;
  /** All files that a part of the page may ask for, by their addresses. */
  files: string[];
}

/** A page from before a newer version goes on with its own files. */
const othersKept = 1;

/**
 * Keeps the files of this version and others that it has used; resolves to the cache that has them
 * then, or to null where not all is there. Throws where there is no storage.
 */
export async function keepPage(used: string[]): Promise<Cache | null> {
  const list = document.getElementById('version')?.textContent;
  if (!list || !(await serviceWorker())) return null;
  const { name, files } = JSON.parse(list) as Version;
  const prefix = `page of ${new URL('.', document.baseURI).pathname} `;
  const own = prefix + name;
  const cache = await caches.open(own);
  await keepFiles(cache, [...files, ...used]);
  const page = await fetch('./', { cache: 'reload' });
  // The server may have a newer version by now.
  const isThisVersion = (await page.clone().text()).includes(list);
  if (isThisVersion) await cache.put('./', page);
  const others = (await caches.keys()).filter((one) => one.startsWith(prefix) && one !== own);
  await Promise.all(others.slice(0, -othersKept).map((one) => caches.delete(one)));
  return isThisVersion ? cache : null;
}

/** Each has an address that tells what is in it, so that one that is there needs no look at its server. */
export async function keepFiles(cache: Cache, files: string[]): Promise<void> {
  for (const file of files) {
    if (!(await cache.match(file))) await cache.add(file);
  }
}
