/** Which row is opened and what is looked at in it, for all that the section shows. */
import { batch, computed, signal } from '@preact/signals';
import { drawing, isExample } from '../draw/pad-state';
import { client } from '../engine/connection';
import type { View } from '../engine/inside-protocol';
import type { Judge, Picture, Reading } from '../engine/protocol';
import { newestOnly } from '../newest';
import { example } from '../read/example';
import { judge, pictureOf, shownReading } from '../read/reading';
import { attempt } from '../status/status';
import { own } from '../train/labs';

/** What is compared: a picture under a label and under the one that is nearest to it. */
export interface Row {
  reading: Reading;
  label: number;
  /** Null where the net reads no labels in pictures. */
  rival: number | null;
}

/** A row with what every layer makes of it. */
export interface Opened extends Row, View {
  judge: Judge;
}

/** As the person chose; null for the net's answer, and for the best of the others. */
export const chosenLabel = signal<number | null>(null);
export const chosenRival = signal<number | null>(null);
/** From 0. */
export const layer = signal(0);
/** The place of the unit that is looked at closely. */
export const place = signal<number | null>(null);
export const opened = signal<Opened | null>(null);

export const row = computed<Row | null>(() => {
  const reading = shownReading.value;
  if (!reading) return null;
  const known = (label: number | null): number | null =>
    label !== null && label < reading.classes.length ? label : null;
  const label = known(chosenLabel.value) ?? reading.label;
  if (reading.counted.length === 0) return { reading, label, rival: null };
  const chosen = known(chosenRival.value);
  return { reading, label, rival: chosen === null || chosen === label ? bestBut(label, reading) : chosen };
});

function bestBut(label: number, { scores }: Reading): number {
  const values = scores[0]!.values;
  const others = Array.from(values.keys()).filter((other) => other !== label);
  return others.reduce((best, other) => (values[other]! > values[best]! ? other : best));
}

/** Shows a row of the reading from the inside, and goes there. */
export function openRow(label: number): void {
  batch(() => {
    chosenLabel.value = label;
    place.value = null;
  });
  const title = document.getElementById('inside-title');
  title?.scrollIntoView();
  title?.focus({ preventScroll: true });
}

/** Closes what was opened last; whether there was anything. */
export function close(): boolean {
  if (place.value !== null) place.value = null;
  else if (chosenLabel.value !== null || chosenRival.value !== null) {
    batch(() => (chosenLabel.value = chosenRival.value = null));
  } else return false;
  return true;
}

interface Wanted extends Row {
  judge: Judge;
  picture: Picture;
}

/** Of the looks that were begun, the latest, and the one that is shown. */
const looks = { begun: 0, shown: 0 };

async function look({ picture, ...wanted }: Wanted): Promise<void> {
  const turn = ++looks.begun;
  const { judge, label, rival } = wanted;
  const labels = rival === null ? [label] : [label, rival];
  const view = await client.ask({ type: 'viewLayers', judge, picture, labels });
  if (!view || turn < looks.shown) return;
  looks.shown = turn;
  batch(() => {
    opened.value = { ...wanted, ...view };
    layer.value = Math.min(layer.value, view.layers.length - 1);
    const { places } = view.layers[layer.value]!;
    if (place.value !== null && place.value >= places) place.value = null;
  });
}

const follow = newestOnly(look);

/** Looks at the row as it now is; drawing again shows in the row when it has been read. */
export function lookInside(): void {
  const now = row.value;
  if (!now) return;
  const picture = pictureOf(isExample.peek() ? example : drawing.peek());
  const wanted = { ...now, judge: judge.peek(), picture };
  const shown = opened.peek();
  // What a person chose does not wait for what is looked at anyway, as the net learns.
  if (shown?.label === now.label && shown.rival === now.rival) follow(wanted);
  else void attempt(() => look(wanted));
}

/** What counts units from 1, as they are in the layer. */
export const unitNumber = ({ units, places }: { units: number; places: number }, at: number): number =>
  Math.floor((at * units) / places) + 1;

/** Whether the person has said that test images may be fetched. */
export const agreed = signal(false);

/** Whether test images can be looked at without fetching anything that nobody asked for. */
export const haveTest = computed(
  () =>
    agreed.value ||
    (own.value.progress.value.hasData && own.value.config.value.dataset === opened.value?.dataset),
);

/** Does what needs test images; where it fails, they are asked for again. */
export async function withTestImages(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    agreed.value = false;
    throw error;
  }
}
