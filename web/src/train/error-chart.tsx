/** How often the net misreads images it does not learn from, over those it has learnt from. */
import { useRef } from 'preact/hooks';
import { count, percent } from '../text';
import { useWidth } from '../use-width';
import { frameOf } from './chart-frame';
import { lastShown, lineOf, pathOf, scalesOf } from './curve';
import { previous as runBefore } from './labs';
import type { Run, Tested } from './run';

const height = 340;

export function ErrorChart({ run }: { run: Run }) {
  const current = run.curve.value;
  const previous = runBefore.value?.curve.value ?? [];
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure);
  const frame = frameOf(width, height);
  const last = lastShown(current, previous);
  const scales = scalesOf(frame, [current, previous], 'images', last);
  const { x, y, ticks } = scales;
  const full = current.filter((point) => point.full);
  const right = frame.left + frame.width;
  return (
    <figure class="card chart" ref={figure}>
      <figcaption>
        <h3>Fewer images misread</h3>
        <div class="legend">
          <span>
            <svg class="key" viewBox="0 0 22 10" aria-hidden="true">
              <path d="M1 5H21" class="line" />
            </svg>
            this run, on a sample
          </span>
          {full.length > 0 && (
            <span>
              <svg class="key" viewBox="0 0 22 10" aria-hidden="true">
                <circle class="full" cx="14" cy="5" r="3.5" />
              </svg>
              on all of them
            </span>
          )}
          {previous.length > 0 && (
            <span>
              <svg class="key" viewBox="0 0 22 10" aria-hidden="true">
                <path d="M1 5H21" class="line before" />
              </svg>
              the run before
            </span>
          )}
        </div>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={alternative(current, previous)}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={frame.left} x2={right} y1={y(tick)} y2={y(tick)} />
            <text x={frame.left - 8} y={y(tick) + 4} text-anchor="end">
              {percent(tick, tick < 0.01 ? 1 : 0)}
            </text>
          </g>
        ))}
        <path class="line before" d={pathOf(lineOf(previous), scales)} />
        <path class="line" d={pathOf(lineOf(current), scales)} />
        {full.map((point) => (
          <circle key={point.images} class="full" cx={x(point)} cy={y(point.error)} r="3.5" />
        ))}
        <text x={frame.left} y={height - 14}>
          0
        </text>
        <text x={right} y={height - 14} text-anchor="end">
          {current.length + previous.length > 0
            ? `${count(last)} training images seen`
            : 'training images seen'}
        </text>
        {current.length === 0 && previous.length === 0 && (
          <text x={frame.left + frame.width / 2} y={height / 2 - 24} text-anchor="middle">
            Press Train to begin the curve.
          </text>
        )}
      </svg>
    </figure>
  );
}

function alternative(current: Tested[], previous: Tested[]): string {
  const end = (points: Tested[]): string => {
    const last = points.at(-1)!;
    return `${percent(last.error)} after ${count(last.images)} images`;
  };
  const parts = ['Line chart: share of images misread, over training images seen.'];
  parts.push(current.length > 0 ? `Now ${end(current)}.` : 'Nothing yet.');
  if (previous.length > 0) parts.push(`The run before: ${end(previous)}.`);
  return parts.join(' ');
}
