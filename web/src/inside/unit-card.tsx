/** One unit closely: what it looks for, what lights it, and for which labels. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { layDigit } from '../draw/pad-state';
import { client } from '../engine/connection';
import type { TestImage, UnitImages } from '../engine/inside-protocol';
import { newestOnly } from '../newest';
import { DigitImage } from '../read/digit-image';
import { nameOf } from '../read/labels';
import { count, figure, percent } from '../text';
import { cellsOf, strongestFirst, type Cell } from './cells';
import { FieldImage } from './field-image';
import { Means } from './means';
import { haveTest, layer, opened, place, unitNumber, withTestImages, type Opened } from './state';
import { TestImages } from './test-images';
import { difference } from './units';

export function UnitCard(now: Opened) {
  const view = now.layers[layer.value]!;
  const compared = now.rival !== null;
  const cells = cellsOf(view, compared);
  const order = strongestFirst(cells, compared);
  const at = place.value;
  if (at === null) return <Nobody {...now} cells={cells} order={order} />;
  const rank = order.indexOf(at);
  const step = (by: number): void => {
    place.value = order[(rank + by + order.length) % order.length]!;
  };
  return (
    <div class="unit">
      <div class="head">
        <h3>
          Unit {unitNumber(view, at)}{' '}
          <span class="small">
            {percent(cells[at]!.adds / (view.goodness[0]! || 1), 1)} of the layer’s goodness
          </span>
        </h3>
        <div class="steps">
          <Step name="The one that tells them apart more" sign="‹" press={() => step(-1)} />
          <Step name="The one that tells them apart less" sign="›" press={() => step(1)} />
          <Step name="Close the unit" sign="✕" press={() => (place.value = null)} />
        </div>
      </div>
      <p class="small" aria-live="polite">
        {told(now, cells[at]!)}
      </p>
      <Pictures />
    </div>
  );
}

const Step = ({ name, sign, press }: { name: string; sign: string; press: () => void }) => (
  <button type="button" class="quiet" aria-label={name} onClick={press}>
    {sign}
  </button>
);

function told(now: Opened, cell: Cell): string {
  const own = nameOf(now.label, now.reading);
  const adds = `It adds ${figure(cell.adds, 2)} with ${own}`;
  if (now.rival === null) return `${adds}.`;
  const rival = nameOf(now.rival, now.reading);
  return `${adds}, ${figure(cell.rivalAdds, 2)} with ${rival}: ${difference(cell, { own, rival })}.`;
}

/** Until a unit is chosen: those that decide most. */
function Nobody(now: Opened & { cells: Cell[]; order: number[] }) {
  const { cells, order, reading, label, rival, layers } = now;
  const most = 4;
  const view = layers[layer.value]!;
  const buttons = (places: number[]) =>
    places.slice(0, most).map((at) => (
      <button key={at} type="button" onClick={() => (place.value = at)}>
        Unit {unitNumber(view, at)}
      </button>
    ));
  const of = (test: (cell: Cell) => boolean): number[] => order.filter((at) => test(cells[at]!));
  return (
    <div class="unit nobody">
      <h3>Press a square</h3>
      {rival === null ? (
        <div class="row">{buttons(order)}</div>
      ) : (
        <>
          <p class="small">These speak most for {nameOf(label, reading)}:</p>
          <div class="row">{buttons(of(({ adds, rivalAdds }) => adds > rivalAdds))}</div>
          <p class="small">And these for {nameOf(rival, reading)}:</p>
          <div class="row">{buttons(of(({ adds, rivalAdds }) => adds < rivalAdds))}</div>
        </>
      )}
    </div>
  );
}

/** Whatever is shown of a unit is of this one: another one's picture is worse than none. */
interface Of<Thing> {
  key: string;
  thing: Thing;
}

const keyOf = ({ judge }: Opened): string => `${judge} ${layer.value} ${place.value}`;

function Pictures() {
  const weights = useSignal<Of<Float32Array> | null>(null);
  const lit = useSignal<Of<UnitImages> | null>(null);
  const askers = useMemo(() => {
    interface Wanted extends Opened {
      key: string;
      layer: number;
      place: number;
    }
    return {
      picture: newestOnly(async ({ key, judge, pixels, label, layer, place }: Wanted) => {
        const thing = await client.ask({ type: 'unitPicture', judge, pixels, label, layer, place });
        weights.value = { key, thing };
      }),
      images: newestOnly(({ key, judge, layer, place }: Wanted) =>
        withTestImages(async () => {
          const thing = await client.ask({ type: 'unitImages', judge, layer, place });
          lit.value = { key, thing };
        }),
      ),
    };
  }, []);
  useSignalEffect(() => {
    const now = opened.value;
    if (!now || place.value === null) return;
    const wanted = { ...now, key: keyOf(now), layer: layer.value, place: place.value };
    askers.picture(wanted);
    if (haveTest.value && lit.peek()?.key !== wanted.key) askers.images(wanted);
  });
  const now = opened.value!;
  const key = keyOf(now);
  const number = unitNumber(now.layers[layer.value]!, place.value!);
  const shown = lit.value?.key === key ? lit.value.thing : null;
  return (
    <>
      <div class="pictures">
        <figure>
          <FieldImage
            values={weights.value?.key === key ? weights.value.thing : null}
            title={`What unit ${number} looks for: blue where ink wakes it, orange where ink stills it`}
          />
          <figcaption class="small">
            {layer.value === 0
              ? 'Its weights: blue where it wants ink, orange where not.'
              : 'For this picture: blue where more ink wakes it, orange where it stills it.'}
          </figcaption>
        </figure>
        {haveTest.value ? (
          <Brightest now={now} shown={shown} />
        ) : (
          <div>
            <TestImages>the test images that light it most</TestImages>
          </div>
        )}
      </div>
      {shown && <Means means={shown.means} reading={now.reading} />}
    </>
  );
}

function Brightest({ now, shown }: { now: Opened; shown: UnitImages | null }) {
  const nine = 9;
  if (shown?.images.length === 0) {
    return <p class="small">None of {count(shown.seen)} test images lights it.</p>;
  }
  const images: (TestImage | null)[] = shown?.images ?? Array<null>(nine).fill(null);
  return (
    <figure aria-busy={shown === null}>
      <div class="nine">
        {images.map((image, at) => (
          <Bright key={at} image={image} now={now} />
        ))}
      </div>
      <figcaption class="small">
        {shown ? `Of ${count(shown.seen)} test images, these light it most.` : 'Looking…'}
      </figcaption>
    </figure>
  );
}

function Bright({ image, now }: { image: TestImage | null; now: Opened }) {
  const pixels = useMemo(() => image && Float32Array.from(image.pixels, (value) => value / 255), [image]);
  if (!image) return <DigitImage pixels={null} />;
  const name = nameOf(image.label, now.reading);
  const digit = { ...image, name };
  return (
    <button
      type="button"
      aria-label={`${name}, test image ${image.index}: put it on the pad`}
      onClick={() => layDigit(digit)}
    >
      <DigitImage pixels={pixels} />
    </button>
  );
}
