/** The page's address with the drawing in it, as strokes. */
import { effect } from '@preact/signals';
import { visible, type Drawing, type Stroke } from '../draw/drawing';
import { deeds, put } from '../draw/pad-state';
import { strokesOf, textOf } from '../draw/strokes-text';
import { optional } from '../optional';
import { say } from '../status/status';

const start = '#drawing=';
/** Some programs cut longer addresses. */
const longest = 6000; // characters

/** What the address stands for. */
let linked: Drawing | null = null;

/** Hands the address on, by what the system has for that, or by the clipboard. */
export async function share(): Promise<void> {
  const hash = hashOf(deeds.value);
  if (hash) {
    linked = deeds.value;
    write(hash);
  }
  const url = location.href;
  const system = optional(() => navigator.share.bind(navigator));
  try {
    if (system) await system({ title: document.title, url });
    else {
      await navigator.clipboard.writeText(url);
      say('note', `Link copied. ${opensWith(hash)}`);
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return;
    say('note', `Copy this page’s address to share it. ${opensWith(hash)}`);
  }
}

function opensWith(hash: string): string {
  if (hash) return 'It opens with your drawing.';
  return visible(deeds.value).length > 0
    ? 'What is on the pad does not fit into it.'
    : 'It opens with these settings.';
}

/** Empty when nothing is drawn, or more than an address can hold. */
function hashOf(drawing: Drawing): string {
  const marks = visible(drawing);
  const strokes = marks.filter((mark): mark is Stroke => mark.kind === 'stroke');
  if (strokes.length === 0 || strokes.length < marks.length) return '';
  const hash = start + textOf(strokes);
  return hash.length <= longest ? hash : '';
}

function write(hash: string): void {
  const address = `${location.pathname}${location.search}${hash}`;
  optional(() => history.replaceState(null, '', address));
}

const holdsDrawing = (): boolean => location.hash.startsWith(start);

/** Shows the drawing of an address, which holds one no longer than the pad shows it. */
export function keepShared(): void {
  read();
  addEventListener('hashchange', read);
  effect(() => {
    if (deeds.value !== linked && holdsDrawing()) write('');
  });
}

function read(): void {
  if (!holdsDrawing()) return;
  try {
    linked = strokesOf(location.hash.slice(start.length));
    put(linked);
  } catch {
    write('');
    say('fault', 'The drawing in this address is damaged; was all of it copied?');
  }
}
