/** Test images in a plane by the direction that the last layer would pass on. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useSignal, useSignalEffect } from '@preact/signals';
import { layDigit } from '../draw/pad-state';
import { client } from '../engine/connection';
import type { ImageMap as Places, OnMap } from '../engine/inside-protocol';
import type { Judge } from '../engine/protocol';
import { newestOnly } from '../newest';
import { nameOf } from '../read/labels';
import { attempt } from '../status/status';
import { count } from '../text';
import { isDark } from '../theme';
import { useWidth } from '../use-width';
import { coloursNow, nearest, paintMap, pointAt, scaleOf, towards, type Point } from './map-places';
import { listed } from './sides';
import { haveTest, opened, withTestImages, type Opened } from './state';
import { TestImages } from './test-images';

interface Made {
  judge: Judge;
  places: Places;
}

/** Told of the drawing. */
const neighbours = 5;

export function ImageMap() {
  const made = useSignal<Made | null>(null);
  const here = useSignal<OnMap | null>(null);
  const ask = useMemo(
    () => ({
      map: newestOnly(({ judge }: { judge: Judge }) =>
        withTestImages(async () => {
          made.value = { judge, places: await client.ask({ type: 'mapImages', judge }) };
        }),
      ),
      place: newestOnly(async ({ judge, pixels }: Opened) => {
        here.value = await client.ask({ type: 'findOnMap', judge, pixels, neighbours });
      }),
    }),
    [],
  );
  useSignalEffect(() => {
    const now = opened.value;
    if (!now || !haveTest.value) return;
    // A net that learns gets another map when it is asked for.
    if (made.value?.judge === now.judge) ask.place(now);
    else ask.map({ judge: now.judge });
  });
  const now = opened.value!;
  const shown = made.value?.judge === now.judge ? made.value.places : null;
  const last = now.layers.length;
  return (
    <div class="card instrument">
      <h3>A map by layer {last}</h3>
      <p class="small">
        Near each other: pictures that point layer {last} the same way. No label is given to them.
      </p>
      {!haveTest.value ? (
        <TestImages>a thousand of them as a map</TestImages>
      ) : shown ? (
        <>
          <Plane now={now} places={shown} here={here.value && pointAt(here.value.place, 0)} />
          <p class="small" aria-live="polite">
            {here.value
              ? `The ring is your picture. Nearest to it in all of layer ${last}: ${toldOf(shown, here.value, now)}.`
              : 'The net has learnt since this map was made.'}
          </p>
          {!here.value && (
            <button type="button" onClick={() => ask.map(now)}>
              Make it anew
            </button>
          )}
        </>
      ) : (
        <p class="small">Placing {count(1000)} test images…</p>
      )}
    </div>
  );
}

const toldOf = ({ labels }: Places, { nearest }: OnMap, { reading }: Opened): string =>
  listed(nearest.map((image) => nameOf(labels[image]!, reading)));

interface PlaneProps {
  now: Opened;
  places: Places;
  here: Point | null;
}

function Plane({ now, places, here }: PlaneProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(box);
  const chosen = useSignal<number | null>(null);
  const dark = isDark.value;
  const scale = useMemo(() => scaleOf(places.places, width), [places, width]);
  const colours = useMemo(coloursNow, [dark]);
  const { label, rival, reading } = now;
  // A reading that changes as the net learns changes no name.
  useLayoutEffect(() => {
    const painted = { places, here, chosen: chosen.value, label, rival, reading, colours };
    if (canvas.current) paintMap(canvas.current, scale, painted);
  }, [scale, places, here?.x, here?.y, chosen.value, label, rival, colours]);

  const lay = (image: number): Promise<boolean> =>
    attempt(async () => {
      const index = image * places.stride;
      const digit = await client.ask({ type: 'testImage', judge: now.judge, index });
      const named = { ...digit, name: nameOf(digit.label, now.reading) };
      layDigit(named);
    });
  const at = (event: MouseEvent): number => {
    const { left, top } = canvas.current!.getBoundingClientRect();
    return nearest(places.places, scale.back({ x: event.clientX - left, y: event.clientY - top }), 1)[0]!;
  };
  const key = (event: KeyboardEvent): void => {
    const from = chosen.value ?? nearest(places.places, here ?? { x: 0, y: 0 }, 1)[0]!;
    if (event.key === 'Enter') void lay(from);
    else {
      const next = towards(places.places, from, event.key);
      if (next === null) return;
      chosen.value = chosen.value === null ? from : next;
    }
    event.preventDefault();
  };
  const told =
    chosen.value === null
      ? ''
      : `: a ${nameOf(places.labels[chosen.value]!, now.reading)}, Enter puts it on the pad`;
  return (
    <div ref={box} class="plane">
      <canvas
        ref={canvas}
        role="application"
        tabIndex={0}
        aria-label={`Map of test images; arrow keys go from one to the next${told}`}
        style={{ height: `${scale.height}px` }}
        onClick={(event) => void lay(at(event))}
        onPointerMove={(event) => (chosen.value = at(event))}
        onPointerLeave={() => (chosen.value = null)}
        onKeyDown={key}
      />
    </div>
  );
}

