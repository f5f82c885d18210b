/** The page for a room full of people: large, one place at a time, and by single keys. */
import './room.css';
import { effect, signal } from '@preact/signals';
import { clear } from '../draw/pad-state';
import { places } from '../header/places';
import { optional } from '../optional';
import { pause, runState, train } from '../train/labs';

const parameter = 'room';

export const inRoom = signal(false);

export function toggleRoom(): void {
  inRoom.value = !inRoom.value;
  const address = new URL(location.href);
  if (inRoom.value) address.searchParams.set(parameter, '');
  else address.searchParams.delete(parameter);
  // Some browsers refuse when it changes often.
  optional(() => history.replaceState(null, '', address));
}

/** As the address says, until the person says otherwise. */
export function keepRoom(): void {
  inRoom.value = new URLSearchParams(location.search).has(parameter);
  effect(() => {
    document.documentElement.toggleAttribute('data-room', inRoom.value);
  });
  addEventListener('keydown', (event) => {
    if (inRoom.value && !event.defaultPrevented && pressed(event)) event.preventDefault();
  });
}

/** Whether the key meant something. */
function pressed({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  const element = target as Element;
  if (element.matches('input[type="text"], select, textarea')) return false;
  const place = places[Number(key) - 1];
  if (place) location.hash = place.id;
  else if (key.toLowerCase() === 'c') clear();
  // A control that has the focus takes the space bar for itself.
  else if (key === ' ' && element === document.body) void (runState.value === 'running' ? pause() : train());
  else return false;
  return true;
}
