/** The pictures of the frames, one each. */
import type { ComponentChildren } from 'preact';
import type { LayerStep, Story } from '../engine/one-step';
import { DigitImage, digitSide, inputFor } from '../read/digit-image';
import { nameOf } from '../read/labels';
import { inTopRow, movesByPixel, type Side } from './figures';

export const sideName: Record<Side, string> = { positive: 'real', negative: 'false' };

export function Plain({ story: { pixels } }: { story: Story }) {
  return <DigitImage pixels={Float32Array.from(pixels, (ink) => ink / 255)} title="The picture" />;
}

/** The picture with a label; its pixel is shown above as well, where it is large enough to see. */
export function Labelled({ story, side }: { story: Story; side: Side }) {
  const label = side === 'positive' ? story.label : story.rival;
  const colour = `var(--${side})`;
  return (
    <Strip story={story} lit={new Map([[label, colour]])}>
      <DigitImage
        pixels={inputFor(story.reading.inputs, label)}
        mark={inTopRow(story) ? { pixel: label, colour } : undefined}
        title={`The picture with label ${nameOf(label, story.reading)}`}
      />
    </Strip>
  );
}

/** The weights that moved most, by the pixel that they lead from. */
export function Moved({ story }: { story: Story }) {
  const moves = movesByPixel(story);
  const most = Math.max(...moves.values());
  const colourOf = (pixel: number): string => {
    if (pixel === story.label) return 'var(--positive)';
    return pixel === story.rival ? 'var(--negative)' : '#fff';
  };
  const marks = new Map(Array.from(moves.keys(), (pixel) => [pixel, colourOf(pixel)]));
  return (
    <Strip story={story} lit={marks} flashes>
      <span class="moved">
        <DigitImage
          pixels={Float32Array.from(story.pixels, (ink) => ink / 255)}
          title={`The picture, ${moves.size} of its pixels marked`}
        />
        <svg viewBox={`0 0 ${digitSide} ${digitSide}`} class="flashes" aria-hidden="true">
          {Array.from(moves, ([pixel, count]) => (
            <rect
              key={pixel}
              x={pixel % digitSide}
              y={Math.floor(pixel / digitSide)}
              width="1"
              height="1"
              fill={colourOf(pixel)}
              opacity={0.4 + 0.6 * (count / most)}
            />
          ))}
        </svg>
      </span>
    </Strip>
  );
}

interface StripProps {
  story: Story;
  /** CSS colours, by pixel of the top row. */
  lit: Map<number, string>;
  flashes?: boolean;
  children: ComponentChildren;
}

/** The pixels of the labels, enlarged, above a picture. */
function Strip({ story, lit, flashes, children }: StripProps) {
  const labels = story.reading.classes.length;
  const shown = inTopRow(story) && labels <= digitSide;
  return (
    <div class="labelled">
      {shown && (
        <span class={`written ${flashes ? 'flashes' : ''}`} aria-hidden="true">
          {Array.from({ length: labels }, (_, label) => (
            <i key={label} style={{ background: lit.get(label) }} />
          ))}
        </span>
      )}
      {children}
    </div>
  );
}

/** What a layer says of both. */
export function Answers({ before }: LayerStep) {
  const values = [before.positive, before.negative];
  const least = Math.min(0, ...values);
  const span = Math.max(0, ...values) - least || 1;
  const bar = (side: Side, x: number) => {
    const height = Math.max(1, ((before[side] - least) / span) * 78);
    return (
      <>
        <rect x={x} y={84 - height} width="34" height={height} rx="3" fill={`var(--${side})`} />
        <text x={x + 17} y="97" text-anchor="middle">
          {sideName[side]}
        </text>
      </>
    );
  };
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      {bar('positive', 12)}
      {bar('negative', 54)}
    </svg>
  );
}

/** The real angle between two directions; how long they were is dashed. */
export function Directions({ angle, before }: LayerStep) {
  const length = (side: Side): number => Math.sqrt(Math.abs(before[side]));
  const longest = Math.max(length('positive'), length('negative')) || 1;
  const arrow = (side: Side, turned: number) => {
    const turn = ((turned - 45) * Math.PI) / 180;
    const at = (radius: number): string =>
      `${(8 + radius * Math.cos(turn)).toFixed(1)} ${(92 + radius * Math.sin(turn)).toFixed(1)}`;
    return (
      <g stroke={`var(--${side})`} fill="none">
        <path d={`M${at(70)}L${at(70 + 45 * (length(side) / longest))}`} stroke-dasharray="2 4" />
        <path d={`M8 92L${at(70)}`} stroke-width="3" stroke-linecap="round" />
      </g>
    );
  };
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <path d="M8 22A70 70 0 0 1 78 92" class="outline" />
      {arrow('positive', -angle / 2)}
      {arrow('negative', angle / 2)}
    </svg>
  );
}

/** Up goes what is passed on; backprop's way back is crossed out, and a box would cut it. */
export function Chain({ layers, boxed }: { layers: number; boxed: boolean }) {
  const layer = (y: number, name: string) => (
    <>
      <rect x="4" y={y} width="92" height="20" rx="5" class="layer" />
      <text x="50" y={y + 14} text-anchor="middle">
        {name}
      </text>
    </>
  );
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      {layer(4, layers > 1 ? 'layer 2' : 'no layer 2')}
      {layer(76, 'layer 1')}
      <path d="M30 74V28m-5 8 5-9 5 9" class="onward" />
      <g class="back">
        {boxed ? <path d="M70 28V38M70 63V72" /> : <path d="M70 28V73m-5-8 5 9 5-9" />}
      </g>
      {boxed ? (
        <rect x="14" y="40" width="72" height="21" rx="3" class="box" />
      ) : (
        <path d="M60 42 80 60M80 42 60 60" class="cross" />
      )}
      {boxed && (
        <text x="50" y="54" text-anchor="middle" class="in-box">
          black box
        </text>
      )}
    </svg>
  );
}
