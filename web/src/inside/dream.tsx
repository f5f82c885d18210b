/** A picture that a layer finds real: climbed from grey, drawn as it grows. */
import { useComputed, useSignal } from '@preact/signals';
import { layImage } from '../draw/pad-state';
import { client } from '../engine/connection';
import type { Judge, Reading } from '../engine/protocol';
import { optional } from '../optional';
import { goodnessText } from '../read/bars';
import { DigitImage, digitPixels } from '../read/digit-image';
import { nameOf } from '../read/labels';
import { attempt } from '../status/status';
import { layer, opened } from './state';

const steps = 60;
const stepsAtATime = 2;
const grey = 0.5;
const white = 255;

/** What is being, or was, dreamt. */
interface Dreamt {
  judge: Judge;
  label: number;
  layer: number;
  done: number;
  pixels: Float32Array;
  /** The same goodness of the picture on the pad. */
  before: number;
  /** What the net reads in it, once it is done. */
  reading: Reading | null;
}

export function Dream() {
  const dream = useSignal<Dreamt | null>(null);
  const busy = useComputed(() => dream.value !== null && dream.value.reading === null);
  const now = opened.value!;
  const name = nameOf(now.label, now.reading);
  const begin = (): Promise<boolean> =>
    attempt(async () => {
      const { judge, label } = now;
      const pixels = new Float32Array(digitPixels).fill(grey);
      const before = now.layers[layer.value]!.goodness[0]!;
      dream.value = { judge, label, layer: layer.value, done: 0, pixels, before, reading: null };
      try {
        await grow(dream.value, (grown) => (dream.value = grown));
      } catch (error) {
        dream.value = null;
        throw error;
      }
    });
  const { value } = dream;
  return (
    <div class="card instrument">
      <h3>
        What would layer {layer.value + 1} find real as a {name}?
      </h3>
      <p class="small">
        It starts from grey. In {steps} steps each pixel goes where the layer’s goodness rises.
      </p>
      <div class="pictures">
        <DigitImage
          pixels={value?.pixels ?? null}
          title={
            value
              ? `What layer ${value.layer + 1} finds real as a ${nameOf(value.label, now.reading)}`
              : 'Nothing yet'
          }
        />
        <div class="stack">
          <button type="button" disabled={busy.value} onClick={() => void begin()}>
            {busy.value ? `Step ${value!.done} of ${steps}` : 'Let it grow'}
          </button>
          {value?.reading && <Read {...value} reading={value.reading} />}
        </div>
      </div>
    </div>
  );
}

function Read({ reading, label, layer, pixels, before }: Dreamt & { reading: Reading }) {
  const layers = reading.scores.filter((score) => score.name === 'layer');
  const name = nameOf(label, reading);
  return (
    <>
      <p class="small" aria-live="polite">
        Goodness {goodnessText(layers[layer]!.values[label]!)} as a {name}; your picture has{' '}
        {goodnessText(before)}.
        {layers.map((score, index) => (
          <span key={index}>
            {' '}
            Layer {index + 1} reads {nameOf(score.label, reading)} in it.
          </span>
        ))}
      </p>
      <button type="button" onClick={() => layImage(bytesOf(pixels))}>
        Put it on the pad
      </button>
    </>
  );
}

const bytesOf = (pixels: Float32Array): Uint8Array => Uint8Array.from(pixels, (value) => Math.round(value * white));

/** A frame between two parts, so that it is seen; a person who wants no motion sees the end. */
async function grow(from: Dreamt, show: (grown: Dreamt) => void): Promise<void> {
  const still = optional(() => matchMedia('(prefers-reduced-motion: reduce)').matches) ?? false;
  const { judge, label, layer } = from;
  let grown = from;
  while (grown.done < steps) {
    const part = { type: 'climb', judge, label, layer, pixels: grown.pixels, steps: stepsAtATime } as const;
    grown = { ...grown, pixels: await client.ask(part), done: grown.done + stepsAtATime };
    if (still) continue;
    show(grown);
    await new Promise(requestAnimationFrame);
  }
  const picture = { kind: 'digit', pixels: bytesOf(grown.pixels) } as const;
  show({ ...grown, reading: await client.ask({ type: 'read', judge, picture }) });
}
