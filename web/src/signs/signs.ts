/** The signs that a person draws: kept over a reload, and brought by a link. */
import { effect, signal } from '@preact/signals';
import type { Stroke } from '../draw/drawing';
import { optional } from '../optional';
import { say } from '../status/status';
import { signsFrom, textOfSigns, type Sign } from './signs-text';

export type { Sign };

/** How often a sign is best drawn before it is taught, and the fewest that will do. */
export const enough = 12;
export const fewest = 3;
/** So many there may be of signs, of letters in a name, and of drawings of one: the newest. */
export const mostSigns = 10;
export const longestName = 12;
const mostDrawings = 24;

const key = 'signs';

export const signs = signal<readonly Sign[]>(
  signsFrom(optional(() => localStorage.getItem(key)) ?? '') ?? [],
);

/** The name of the sign that is drawn on the pad; null while none is. */
export const drawn = signal<string | null>(null);

/** Those that a link brought, until they are taken or left. */
export const offered = signal<readonly Sign[] | null>(null);

const named = (name: string): Sign | undefined => signs.value.find((sign) => sign.name === name);

/** What is wrong with a name for a sign, in one sentence; null if nothing is. */
export function nameFault(name: string): string | null {
  if (name === '') return 'A sign needs a name: one character or a short word.';
  if (/^\d$/.test(name)) return `${name} is a digit already; another name is needed.`;
  if (named(name)) return `There is a sign named ${name} already; another name is needed.`;
  if (name.length > longestName) return `A name has at most ${longestName} characters.`;
  return null;
}

export function addSign(name: string): void {
  signs.value = [...signs.value, { name, drawings: [] }];
  drawn.value = name;
}

export function rename(name: string, next: string): void {
  change(name, (sign) => ({ ...sign, name: next }));
  if (drawn.value === name) drawn.value = next;
}

export function addDrawing(name: string, drawing: Stroke[]): void {
  change(name, ({ drawings }) => ({ name, drawings: [...drawings, drawing].slice(-mostDrawings) }));
}

export const removeLastDrawing = (name: string): void =>
  change(name, ({ drawings }) => ({ name, drawings: drawings.slice(0, -1) }));

export function removeSign(name: string): void {
  const before = signs.value;
  signs.value = before.filter((sign) => sign.name !== name);
  if (drawn.value === name) drawn.value = null;
  const undo = { title: 'Undo', run: () => (signs.value = before) };
  say('note', `The sign ${name} is removed.`, undo);
}

function change(name: string, how: (sign: Sign) => Sign): void {
  signs.value = signs.value.map((sign) => (sign.name === name ? how(sign) : sign));
}

/** Keeps them from now on, and takes up what the page's address brings. */
export function keepSigns(): void {
  let blocked = false;
  effect(() => {
    const text = textOfSigns(signs.value);
    const kept = optional(() => (localStorage.setItem(key, text), true));
    if (kept || blocked || text === '') return;
    blocked = true;
    say('note', 'This browser keeps nothing for this page: your signs are gone after a reload.');
  });
  takeUpLink();
  addEventListener('hashchange', takeUpLink);
}

const linkStart = '#signs=';

/** The page's address with these signs. */
export const linkTo = (these: readonly Sign[]): string =>
  location.origin + location.pathname + location.search + linkStart + textOfSigns(these);

function takeUpLink(): void {
  if (!location.hash.startsWith(linkStart)) return;
  offered.value = signsFrom(location.hash.slice(linkStart.length));
  // What is taken or left is not offered again.
  optional(() => history.replaceState(null, '', '#signs'));
  if (offered.value) document.getElementById('signs')?.scrollIntoView();
  else say('fault', 'The signs in this address are damaged; please ask for the link again.');
}

/** Signs of the same name give way to those of the link. */
export function takeOffered(): void {
  const taken = offered.value ?? [];
  const others = signs.value.filter(({ name }) => !taken.some((sign) => sign.name === name));
  signs.value = [...others, ...taken].slice(-mostSigns);
  offered.value = null;
}
