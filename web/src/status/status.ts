/** What the page has to say to the person: faults as alerts, other things in passing. */
import { signal } from '@preact/signals';
import { GivenUp } from '../engine/client';
import { explain } from '../explain';
import { inWords } from '../settings/in-words';

export interface Action {
  title: string;
  run(): void;
}

export interface Notice {
  id: number;
  kind: 'fault' | 'note';
  text: string;
  action: Action | null;
}

export const notices = signal<Notice[]>([]);

let nextId = 1;
const most = 4;
/** What is said in passing, with nothing to do about it, goes by itself. */
const noteStays = 8000; // milliseconds

/** Says something; the same words are not said twice. */
export function say(kind: Notice['kind'], message: string, action: Action | null = null): void {
  const text = inWords(message);
  const others = notices.value.filter((notice) => notice.text !== text);
  const id = nextId++;
  notices.value = [...others, { id, kind, text, action }].slice(-most);
  if (kind === 'note' && !action) setTimeout(() => dismiss(id), noteStays);
}

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}

/** Does something that may be refused, and says why if it is. Resolves to whether it was done. */
export async function attempt(work: () => Promise<unknown>, action?: Action): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof GivenUp)) say('fault', explain(error), action ?? null);
    return false;
  }
}

/** Says what nobody else has caught. Browsers and their extensions also report what is no exception. */
export function sayUncaught(): void {
  addEventListener('error', ({ error }: ErrorEvent) => {
    if (error instanceof Error) say('fault', explain(error));
  });
  addEventListener('unhandledrejection', ({ reason }) => say('fault', explain(reason)));
}
