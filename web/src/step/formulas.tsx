/** The formula of each frame, with the numbers in it. */
import type { ComponentChildren } from 'preact';
import type { LayerStep, Story } from '../engine/one-step';
import { nameOf } from '../read/labels';
import { count, figure } from '../text';
import { decimals, inTopRow, lagOf, leadOf, meanSquare, movesByPixel } from './figures';

type Formula = (story: Story) => ComponentChildren;

const round = (value: number): string => decimals(value, 3);

/** What its goodness is made of, written out. */
const sums: Record<string, (layer: LayerStep, sign: string) => ComponentChildren> = {
  mean_of_squares: ({ units, before }, sign) => (
    <>
      G = {sign}Σ a² ÷ {count(units)} = {decimals(before.positive * units, 1)} ÷ {count(units)}
    </>
  ),
  sum_of_squares: (_, sign) => <>G = {sign}Σ a²</>,
  sum: (_, sign) => <>G = {sign}Σ a</>,
};

const goodnessOf = ({ config }: Story, layer: LayerStep): ComponentChildren => (
  <>
    <p>{sums[config.goodness]?.(layer, config.polarity === 'low' ? '−' : '')}</p>
    <p>
      real {round(layer.before.positive)}, false {round(layer.before.negative)}
      {layer.threshold !== null && `; threshold θ = ${figure(layer.threshold)}`}
    </p>
  </>
);

/** The losses, of real G₊ and false G₋. */
const losses: Record<string, ComponentChildren> = {
  swish: (
    <>
      d ÷ (1 + e<sup>−d</sup>)
    </>
  ),
  pairwise: (
    <>
      ln(1 + e<sup>d</sup>)
    </>
  ),
  logistic: (
    <>
      ln(1 + e<sup>s(θ − G₊)</sup>) + ln(1 + e<sup>s(G₋ − θ)</sup>)
    </>
  ),
  entropy: (
    <>
      ln(1 + (G₋ ÷ G₊)<sup>s</sup>)
    </>
  ),
};

/** Where d ÷ (1 + e⁻ᵈ) is least: beyond it a pair is far enough apart. */
const swishLeast = -1.278;

function lossOf(story: Story, layer: LayerStep): ComponentChildren {
  const { objective, sharpness } = story.config;
  const lag = lagOf(layer, story);
  const ofLag = objective === 'swish' || objective === 'pairwise';
  return (
    <>
      <p>
        {losses[objective] && <>L = {losses[objective]}, </>}
        {ofLag ? `d = s (G₋ − G₊)` : `s = ${figure(sharpness)}`}
        {ofLag && lag !== null && ` = ${figure(sharpness)} × ${round(lag / sharpness)} = ${round(lag)}`}
      </p>
      <p>
        L: {round(layer.before.loss)} → {round(layer.after.loss)}
        {objective === 'swish' && `; it is least at d = ${round(swishLeast)}`}
      </p>
    </>
  );
}

function stepOf(story: Story): ComponentChildren {
  const { step, config, label, rival } = story;
  const { layers, moves, rate } = step!;
  const byPixel = movesByPixel(story);
  const ofLabels = (byPixel.get(label) ?? 0) + (byPixel.get(rival) ?? 0);
  return (
    <>
      {lossOf(story, layers[0]!)}
      <p>
        Δw = −{figure(rate)} ∂L/∂w: no weight moves further than {figure(config.learning_rate)}, the
        rate this net began with.
      </p>
      {inTopRow(story) && moves.length > 0 && (
        <p>
          {ofLabels} of the {moves.length} lead from the pixels of the two labels.
        </p>
      )}
      <p>
        In training {count(config.batch)} pairs share a step
        {config.optimiser === 'adam' ? ', and Adam sets how far each weight goes' : ''}.
      </p>
    </>
  );
}

function directionOf({ config, step }: Story): ComponentChildren {
  const { before, units, angle } = step!.layers[0]!;
  const size = config.goodness === 'sum_of_squares' ? Math.abs(before.positive) / units : Math.abs(before.positive);
  return (
    <>
      <p>
        â = a ÷ √(Σ a² ÷ {count(units)}){config.goodness !== 'sum' && ` = a ÷ ${round(Math.sqrt(size))}`}
      </p>
      <p>
        cos φ = â₊ · â₋ ÷ {count(units)} = {round(Math.cos((angle * Math.PI) / 180))}
      </p>
      {config.black_box === 1 && <p>In this net a black box stands in between; φ is what leaves it.</p>}
    </>
  );
}

function nextOf(story: Story): ComponentChildren {
  const [, next] = story.step!.layers;
  if (!next) return <p>L of a layer needs nothing from above it.</p>;
  return (
    <>
      {goodnessOf(story, next)}
      <p>
        L: {round(next.before.loss)} → {round(next.after.loss)}, from â of layer 1 alone. Backprop
        would hold layer 1 until ∂L/∂a came down.
      </p>
    </>
  );
}

/** In the order of the frames. */
export const formulas: Formula[] = [
  () => <p>x = ink ÷ 255: 784 numbers from 0 to 1</p>,
  (story) => (
    <>
      {inTopRow(story) && (
        <p>
          x of pixel {nameOf(story.label, story.reading)} = {figure(story.config.label_strength)}
        </p>
      )}
      <p>x ÷ √(Σ x² ÷ 784) = x ÷ {round(Math.sqrt(meanSquare(story, story.label)))}</p>
    </>
  ),
  (story) => {
    const { reading, label, rival } = story;
    const of = (which: number): string => decimals(reading.scores[0]!.values[which]!, 2);
    return (
      <p>
        Σ G = {of(label)} as a {nameOf(label, reading)}, {of(rival)} as a {nameOf(rival, reading)}:
        a lead of {decimals(leadOf(story), 2)}
      </p>
    );
  },
  (story) => goodnessOf(story, story.step!.layers[0]!),
  stepOf,
  directionOf,
  nextOf,
];
