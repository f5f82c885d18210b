/** The mistakes of both runs over what they have seen, A solid, B dashed. */
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { count, duration, percent } from '../text';
import { frameOf } from '../train/chart-frame';
import { lineOf, pathOf, scalesOf, type Axis, type Scales } from '../train/curve';
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
        <Ends lines={lines} scales={scales} bottom={frame.top + frame.height + 12} />
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
  scales: Scales;
  bottom: number;
}

const labelWidth = 72;
const labelGap = 4; // to the end of the line

/** Each line's name and last figure, the upper one's above both lines, the other's below them. */
function Ends({ lines, scales, bottom }: EndsProps) {
  const ends = lines.flatMap((line, side) => {
    const point = line.at(-1);
    return point ? [{ side, point, x: scales.x(point) - labelGap, y: scales.y(point.error) }] : [];
  });
  const [upper] = [...ends].sort((one, other) => one.y - other.y);
  // How high the lines are where a label stands that ends there.
  const beside = (x: number): number[] =>
    lines.flatMap((line) =>
      line
        .filter((point, index) => {
          const next = line[index + 1] ?? point;
          return scales.x(next) >= x - labelWidth && scales.x(point) <= x + labelGap;
        })
        .map(({ error }) => scales.y(error)),
    );
  return (
    <>
      {ends.map((end) => {
        const { side, point, x } = end;
        const top = end === upper ? Math.min(...beside(x)) - 8 : Math.max(...beside(x)) + 18;
        return (
          <text key={side} class="end" x={x} y={Math.min(top, bottom)} text-anchor="end">
            {side ? 'B' : 'A'} {percent(point.error)}
          </text>
        );
      })}
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
