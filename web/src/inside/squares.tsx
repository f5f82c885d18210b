/** The squares of units, painted: hundreds of elements would take longer than the net itself. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { isDark } from '../theme';
import { useWidth } from '../use-width';
import { placeAt, type Cell } from './cells';
import { blank, styleOf } from './paint';

interface Props {
  cells: Cell[];
  across: number;
  chosen: number | null;
  choose: (place: number) => void;
}

/** Of a cell, in CSS pixels. */
const widest = 30;

export function Squares({ cells, across, chosen, choose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useRef<Colours | null>(null);
  const side = Math.min(widest, useWidth(box) / across);
  const pointed = useSignal<number | null>(null);
  const dark = isDark.value;
  useLayoutEffect(() => {
    colours.current = styleOf(canvas.current!, variables);
  }, [dark]);
  useLayoutEffect(() => {
    const painted = { cells, across, side, chosen, pointed: pointed.value };
    paint(canvas.current!, painted, colours.current!);
  }, [cells, across, side, chosen, pointed.value, dark]);
  const at = ({ offsetX, offsetY, currentTarget }: MouseEvent): number | null => {
    const shown = (currentTarget as HTMLCanvasElement).clientWidth / across;
    return placeAt(offsetX / shown, offsetY / shown, across, cells.length);
  };
  return (
    <div ref={box} aria-hidden="true">
      <canvas
        ref={canvas}
        style={{ maxWidth: `${widest * across}px`, aspectRatio: `${across} / ${down(cells, across)}` }}
        onClick={(event) => {
          const place = at(event);
          if (place !== null) choose(place);
        }}
        onPointerMove={(event) => (pointed.value = at(event))}
        onPointerLeave={() => (pointed.value = null)}
      />
    </div>
  );
}

const variables = ['--positive', '--negative', '--soft', '--outline', '--chosen'] as const;
type Colours = Record<(typeof variables)[number], string>;

interface Painted {
  cells: Cell[];
  across: number;
  side: number;
  chosen: number | null;
  /** The one that the pointer is on. */
  pointed: number | null;
}

const down = (cells: Cell[], across: number): number => Math.ceil(cells.length / across);

/** An outlined square as large as what the unit adds, and in it the difference. */
function paint(
  canvas: HTMLCanvasElement,
  { cells, across, side, chosen, pointed }: Painted,
  colours: Colours,
): void {
  const context = blank(canvas, side * across, side * down(cells, across));
  if (!context) return;
  const corner = (place: number): [x: number, y: number] => [
    (place % across) * side,
    Math.floor(place / across) * side,
  ];
  if (pointed !== null) {
    context.fillStyle = colours['--soft'];
    context.fillRect(...corner(pointed), side, side);
  }
  context.strokeStyle = colours['--outline'];
  for (const { place, adds, rivalAdds, inner, outer } of cells) {
    const [x, y] = corner(place);
    const centred = (size: number): [x: number, y: number, width: number, height: number] => [
      x + (side - size) / 2,
      y + (side - size) / 2,
      size,
      size,
    ];
    context.fillStyle = adds >= rivalAdds ? colours['--positive'] : colours['--negative'];
    context.fillRect(...centred(inner * side * full));
    context.strokeRect(...centred(Math.max(0, outer * side * full - 1)));
  }
  context.strokeStyle = colours['--chosen'];
  context.lineWidth = 2;
  if (chosen === null) return;
  const [x, y] = corner(chosen);
  context.strokeRect(x + 1, y + 1, side - 2, side - 2); // within the canvas at its edges, too
}

/** Of a cell's side, that of the largest square. */
const full = 0.94;
