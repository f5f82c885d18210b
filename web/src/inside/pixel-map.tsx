/** What each pixel says for one label against another. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useSignal, useSignalEffect } from '@preact/signals';
import { client } from '../engine/connection';
import type { Reading } from '../engine/protocol';
import { newestOnly } from '../newest';
import { digitPixels, digitSide } from '../read/digit-image';
import { nameOf } from '../read/labels';
import { percent } from '../text';
import { isDark } from '../theme';
import { goodnessText } from '../read/bars';
import { opened, type Opened } from './state';
import { useField } from './use-field';

/** What one pixel does: the lead of the label over the rival without any ink there, and with full ink. */
interface Pressed {
  pixel: number;
  label: number;
  rival: number | null;
  without: number;
  with: number;
}

/** Slopes of the pixels, and of which labels' lead. */
interface Mapped {
  label: number;
  rival: number | null;
  slopes: Float32Array;
}

const white = 255;

export function PixelMap() {
  const mapped = useSignal<Mapped | null>(null);
  const pixel = useSignal<number | null>(null);
  const pressed = useSignal<Pressed | null>(null);
  const ask = useMemo(
    () => ({
      map: newestOnly(async ({ judge, pixels, label, rival }: Opened) => {
        const slopes = await client.ask({ type: 'pixelMap', judge, pixels, label, rival: rival! });
        mapped.value = { label, rival, slopes };
      }),
      pixel: newestOnly(async ({ now, place }: { now: Opened; place: number }) => {
        const leads = await Promise.all([0, white].map((ink) => leadWith(now, place, ink)));
        const { label, rival } = now;
        if (pixel.peek() !== place) return;
        pressed.value = { pixel: place, label, rival, without: leads[0]!, with: leads[1]! };
      }),
    }),
    [],
  );
  useSignalEffect(() => {
    if (opened.value?.rival != null) ask.map(opened.value);
  });
  // Whatever opens later is asked about that pixel as well.
  useSignalEffect(() => {
    const place = pixel.value;
    if (opened.value?.rival != null && place !== null) ask.pixel({ now: opened.value, place });
  });
  const now = opened.value!;
  const names = { own: nameOf(now.label, now.reading), rival: nameOf(now.rival!, now.reading) };
  const here = <Thing extends Mapped | Pressed>(thing: Thing | null): Thing | null =>
    thing?.label === now.label && thing.rival === now.rival ? thing : null;
  const slopes = here(mapped.value)?.slopes ?? null;
  const tried = here(pressed.value);
  const press = (place: number): void => void (pixel.value = place);
  const close = (): void => void (pixel.value = pressed.value = null);
  return (
    <div class="card instrument">
      <h3>
        What each pixel says for {names.own} against {names.rival}
      </h3>
      <p class="small">
        Blue: more ink here speaks for {names.own}. Orange: it speaks for {names.rival}.
      </p>
      <Picture now={now} slopes={slopes} pressed={tried} press={press} close={close} names={names} />
      <p class="small" aria-live="polite">
        {tried ? told(tried, now, names) : 'Press a pixel to try it with ink and without.'}
      </p>
    </div>
  );
}

/** How far the label leads the rival when that pixel holds so much ink: the net is asked again. */
async function leadWith({ judge, pixels, label, rival }: Opened, pixel: number, ink: number): Promise<number> {
  const changed = pixels.slice();
  changed[pixel] = ink;
  const reading = await client.ask({ type: 'read', judge, picture: { kind: 'digit', pixels: changed } });
  return leadIn(reading!, label, rival!);
}

const leadIn = ({ scores }: Reading, label: number, rival: number): number =>
  scores[0]!.values[label]! - scores[0]!.values[rival]!;

function told({ pixel, ...leads }: Pressed, now: Opened, { own, rival }: { own: string; rival: string }): string {
  const row = Math.floor(pixel / digitSide) + 1;
  const lead = (value: number): string => {
    const [first, second] = value < 0 ? [rival, own] : [own, rival];
    const size = Math.abs(value);
    return `${first} leads ${second} by ${size >= 1 ? goodnessText(size) : size.toFixed(3)}`;
  };
  return (
    `Row ${row}, column ${(pixel % digitSide) + 1}, ${percent(now.pixels[pixel]! / white, 0)} ink. ` +
    `Without ink there ${lead(leads.without)}. With full ink ${lead(leads.with)}.`
  );
}

interface PictureProps {
  now: Opened;
  slopes: Float32Array | null;
  pressed: Pressed | null;
  press: (pixel: number) => void;
  close: () => void;
  names: { own: string; rival: string };
}

const moves: Record<string, [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function Picture({ now, slopes, pressed, press, close, names }: PictureProps) {
  const canvas = useField(slopes);
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && pressed) close();
    else {
      const move = moves[event.key];
      if (!move) return;
      press(moved(pressed?.pixel, move));
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const click = (event: MouseEvent): void => {
    const { left, top, width, height } = (event.currentTarget as Element).getBoundingClientRect();
    const at = (share: number): number => Math.min(digitSide - 1, Math.max(0, Math.floor(share * digitSide)));
    press(at((event.clientY - top) / height) * digitSide + at((event.clientX - left) / width));
  };
  return (
    <div
      class="pixels"
      role="application"
      tabIndex={0}
      aria-busy={slopes === null}
      aria-label={`Pixels of the picture for ${names.own} against ${names.rival}; arrow keys go through them`}
      onClick={click}
      onKeyDown={key}
    >
      <Ghost pixels={now.pixels} />
      <canvas ref={canvas} width={digitSide} height={digitSide} />
      {pressed && (
        <i
          style={{
            left: `${((pressed.pixel % digitSide) / digitSide) * 100}%`,
            top: `${(Math.floor(pressed.pixel / digitSide) / digitSide) * 100}%`,
          }}
        />
      )}
    </div>
  );
}

/** The first press is in the middle. */
function moved(pixel: number | undefined, [x, y]: [number, number]): number {
  if (pixel === undefined) return digitPixels / 2 + digitSide / 2;
  const within = (at: number): number => Math.min(digitSide - 1, Math.max(0, at));
  return within(Math.floor(pixel / digitSide) + y) * digitSide + within((pixel % digitSide) + x);
}

/** The digit in faint ink, below the colours. */
function Ghost({ pixels }: { pixels: Uint8Array }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = isDark.value;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(digitSide, digitSide);
    const grey = dark ? white : 0;
    const faint = 0.28;
    pixels.forEach((ink, at) => image.data.set([grey, grey, grey, ink * faint], at * 4));
    context.putImageData(image, 0, 0);
  }, [pixels, dark]);
  return <canvas ref={canvas} width={digitSide} height={digitSide} />;
}
