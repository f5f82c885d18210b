/** Four ideas, each with a picture that answers to the drawing. */
import type { ComponentChildren } from 'preact';
import { barsOf, goodnessText, type Row } from '../read/bars';
import { DigitImage, inputFor } from '../read/digit-image';
import { nameOf, shownLabels } from '../read/labels';
import { reading, shownReading } from '../read/reading';
import type { Reading } from '../engine/protocol';
import './how.css';

export function HowItWorks() {
  const shown = shownReading.value;
  const withGoodness = shown && shown.counted.length > 0 ? shown : null;
  return (
    <section id="how" aria-labelledby="how-title">
      <h2 id="how-title">How it works</h2>
      <p class="lede">
        Four ideas.{' '}
        {shown && !withGoodness
          ? 'They come with pictures when a net reads that compares labels, as the pre-trained one does.'
          : `Each picture answers to ${reading.value ? 'your digit' : 'the digit'} above.`}
      </p>
      <div class="ideas">
        <Ideas {...(withGoodness && picturesOf(withGoodness))} />
      </div>
    </section>
  );
}

interface Pictures {
  pair: ComponentChildren;
  goodness: ComponentChildren;
  directions: ComponentChildren;
  ten: ComponentChildren;
}

function picturesOf(shown: Reading): Pictures {
  const { rows, common } = barsOf(shown);
  const real = rows[shown.label]!;
  const others = rows.filter((row) => row !== real);
  const rival = others.reduce((best, row) => (row.total > best.total ? row : best));
  return {
    pair: <Pair shown={shown} real={real} rival={rival} />,
    goodness: <Goodness shown={shown} real={real} rival={rival} />,
    directions: <Directions real={real} rival={rival} />,
    ten: <Ten rows={rows} shown={shown} common={common} />,
  };
}

function Ideas({ pair, goodness, directions, ten }: Partial<Pictures>) {
  return (
    <>
      <Idea title="Real and false" picture={pair}>
        The same image with its true label, and with a wrong one. Layers learn to tell such pairs
        apart, each by itself.
      </Idea>
      <Idea title="Goodness" picture={goodness}>
        How strongly a layer answers: its squared activities, added up. It should be high for a real
        pair, low for a false one.
      </Idea>
      <Idea title="Only the direction goes on" picture={directions}>
        A layer’s length is its verdict. It is taken away, so the next layer has to find something
        new in the direction.
      </Idea>
      <Idea title="Ask for every label" picture={ten}>
        To read a digit, try every label. The one with the best goodness is the answer: no pass
        backward, ever.
      </Idea>
    </>
  );
}

interface IdeaProps {
  title: string;
  picture: ComponentChildren;
  children: ComponentChildren;
}

function Idea({ title, picture, children }: IdeaProps) {
  return (
    <div class="card idea">
      {picture && <div class="picture">{picture}</div>}
      <h3>{title}</h3>
      <p class="small">{children}</p>
    </div>
  );
}

interface PairProps {
  shown: Reading;
  real: Row;
  rival: Row;
}

function Pair({ shown, real, rival }: PairProps) {
  // Unless the label is elsewhere, its pixel is lit.
  const inPixel =
    inputFor(shown.inputs, real.label)[real.label] !==
    inputFor(shown.inputs, rival.label)[real.label];
  const side = (row: Row, colour: string) => (
    <figure>
      <DigitImage
        pixels={inputFor(shown.inputs, row.label)}
        mark={inPixel ? { pixel: row.label, colour: `var(${colour})` } : undefined}
        title={`The digit with label ${nameOf(row.label, shown)}`}
      />
      <figcaption style={{ color: `var(${colour}-text)` }}>
        as a {nameOf(row.label, shown)}
      </figcaption>
    </figure>
  );
  return (
    <div class="pair">
      {side(real, '--positive')}
      {side(rival, '--negative')}
    </div>
  );
}

function Goodness({ shown, real, rival }: PairProps) {
  const values = [...real.segments, ...rival.segments].map(({ goodness }) => goodness);
  // Some goodness lies below zero: the bars then stand on the least.
  const least = Math.min(0, ...values);
  const span = Math.max(...values) - least || 1;
  const bars = (row: Row, colour: string, from: number) => {
    const step = 84 / row.segments.length;
    return (
      <g fill={`var(${colour})`}>
        {row.segments.map(({ layer, goodness }, index) => {
          const height = Math.max(1, ((goodness - least) / span) * 78);
          const x = from + index * step;
          return (
            <rect key={layer} x={x} y={88 - height} width={step * 0.78} height={height} rx="2" />
          );
        })}
        <text class="mark" x={from + 42} y="104" text-anchor="middle">
          as a {nameOf(row.label, shown)}
        </text>
      </g>
    );
  };
  const told = (row: Row): string =>
    `as a ${nameOf(row.label, shown)}: ${row.segments.map(({ goodness }) => goodnessText(goodness)).join(', ')}`;
  return (
    <svg
      viewBox="0 0 200 110"
      role="img"
      aria-label={`Goodness of each layer, ${told(real)}; ${told(rival)}.`}
    >
      {bars(real, '--positive', 8)}
      {bars(rival, '--negative', 108)}
    </svg>
  );
}

/** Lengths are those of the first counted layer; all leave the circle as long as each other. */
function Directions({ real, rival }: Omit<PairProps, 'shown'>) {
  const length = (row: Row): number => Math.sqrt(Math.abs(row.segments[0]?.goodness ?? 0));
  const most = Math.max(length(real), length(rival), 1e-9);
  const arrow = (row: Row, colour: string, angle: number) => {
    const reach = 34 + 62 * (length(row) / most);
    const at = (radius: number): string =>
      `${(100 + radius * Math.cos(angle)).toFixed(1)} ${(58 - radius * Math.sin(angle)).toFixed(1)}`;
    return (
      <g stroke={`var(${colour})`} fill="none">
        <path d={`M${at(34)}L${at(reach)}`} stroke-width="2" stroke-dasharray="2 4" />
        <path d={`M100 58L${at(34)}`} stroke-width="4" stroke-linecap="round" />
      </g>
    );
  };
  return (
    <svg
      viewBox="0 0 200 110"
      role="img"
      aria-label="Two arrows of different lengths, cut to the same length at a circle."
    >
      <circle cx="100" cy="58" r="34" class="outline" />
      {arrow(real, '--positive', 0.55)}
      {arrow(rival, '--negative', Math.PI - 0.3)}
    </svg>
  );
}

function Ten({ rows, shown, common }: { rows: Row[]; shown: Reading; common: number }) {
  const [left, length] = [30, 160];
  const labels = shownLabels(rows.map(({ total }) => total));
  const end = ({ segments }: Row): number =>
    segments.reduce((sum, segment) => sum + segment.length, common);
  return (
    <svg
      viewBox="0 0 200 110"
      role="img"
      aria-label={`A bar for each label; that of ${nameOf(shown.label, shown)} is the longest.`}
    >
      {labels.map((label, place) => {
        const row = rows[label]!;
        const y = 5 + (place * 104) / labels.length;
        const fill = label === shown.label ? 'var(--win)' : 'var(--layer-first)';
        return (
          <g key={label}>
            <text class="tick" x="22" y={y + 6.5} text-anchor="end">
              {nameOf(label, shown).slice(0, 3)}
            </text>
            <rect x={left} y={y} width={length} height="6.4" rx="3.2" class="track" />
            <rect x={left} y={y} width={end(row) * length} height="6.4" rx="3.2" fill={fill} />
          </g>
        );
      })}
    </svg>
  );
}
