/** The mistakes of both runs over what they have seen, A solid, B dashed. */
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { count, duration, percent } from '../text';
import { frameOf } from '../train/chart-frame';
import { lineOf, pathOf, scalesOf, type Axis } from '../train/curve';
import { curveOf, type RunSummary, type Tested } from '../train/run';
import { useWidth } from '../use-width';

const height = 300;

export function Curves({ a, b }: { a: RunSummary; b: RunSummary }) {
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure);
  const axis = useSignal<Axis>('images');
  const lines = [a, b].map(({ results }) => lineOf(curveOf(results)));
  const frame = frameOf(width, height);
  const scales = scalesOf(frame, lines, axis.value);
  const right = frame.left + frame.width;
  const last = (axis.value === 'images' ? count : duration)(scales.last);
  return (
    <figure class="card chart curves" ref={figure}>
      <figcaption>
        <h3>Fewer images misread</h3>
        <AxisChoice axis={axis.value} onChoice={(chosen) => (axis.value = chosen)} />
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={alternative(lines)}>
        {scales.ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={frame.left} x2={right} y1={scales.y(tick)} y2={scales.y(tick)} />
            <text x={frame.left - 8} y={scales.y(tick) + 4} text-anchor="end">
              {percent(tick, tick < 0.01 ? 1 : 0)}
            </text>
          </g>
        ))}
        {lines.map((line, side) => (
          <path key={side} class={`line ${side ? 'b' : ''}`} d={pathOf(line, scales)} />
        ))}
        <Ends lines={lines} x={scales.x} y={scales.y} right={right} />
        <text x={frame.left} y={height - 14}>
          0
        </text>
        <text x={right} y={height - 14} text-anchor="end">
          {last} {axis.value === 'images' ? 'training images seen' : 'of training and tests'}
        </text>
      </svg>
    </figure>
  );
}

function AxisChoice({ axis, onChoice }: { axis: Axis; onChoice: (axis: Axis) => void }) {
  return (
    <span class="row small" role="group" aria-label="Over">
      {(['images', 'elapsed'] as const).map((one) => (
        <button
          key={one}
          type="button"
          class="quiet"
          aria-pressed={axis === one}
          onClick={() => onChoice(one)}
        >
          {one === 'images' ? 'images' : 'seconds'}
        </button>
      ))}
    </span>
  );
}

interface EndsProps {
  lines: Tested[][];
  x: (point: Tested) => number;
  y: (error: number) => number;
  right: number;
}

/** Each line's name and last figure, one above the other where they would cover each other. */
function Ends({ lines, x, y, right }: EndsProps) {
  const least = 14;
  const ends = lines.flatMap((line, side) => {
    const point = line.at(-1);
    return point ? [{ side, point, top: y(point.error) }] : [];
  });
  const [first, second] = ends;
  if (first && second && Math.abs(first.top - second.top) < least) {
    const [upper, lower] = first.top <= second.top ? [first, second] : [second, first];
    const middle = (upper.top + lower.top) / 2;
    [upper.top, lower.top] = [middle - least / 2, middle + least / 2];
  }
  return (
    <>
      {ends.map(({ side, point, top }) => (
        <text
          key={side}
          class="end"
          x={Math.min(x(point), right) - 4}
          y={top - 6}
          text-anchor="end"
        >
          {side ? 'B' : 'A'} {percent(point.error)}
        </text>
      ))}
    </>
  );
}

function alternative(lines: Tested[][]): string {
  const told = lines.map((line, side) => {
    const last = line.at(-1);
    const end = last
      ? `${percent(last.error)} after ${count(last.images)} images`
      : 'nothing yet';
    return `${side ? 'B' : 'A'}: ${end}.`;
  });
  return `Line chart: share of images misread. ${told.join(' ')}`;
}
