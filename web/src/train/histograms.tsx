/** How good each layer finds real and false pairs. */
import type { ComponentChildren } from 'preact';
import type { LayerReport, Pairs } from '../engine/protocol';
import { count, figure, percent, points } from '../text';
import { worthOf, type LayerWorth } from './layer-worth';
import type { Run } from './run';

const [width, height] = [240, 92];

/** What real and false ones are. */
type Kind = Exclude<Pairs, 'none' | 'classes'>;

const before: Record<Kind, string> = {
  labels:
    'A real pair is a digit with its true label, a false one the same digit with a wrong label. ' +
    'Their goodness appears here with the first minibatch.',
  hybrids:
    'A real image is a digit, a false one a mixture of two. No label is written into either. ' +
    'Their goodness appears here with the first minibatch.',
};

export function Histograms({ run }: { run: Run }) {
  if (run.pairs === 'none') return <NoGoodness />;
  if (run.pairs === 'classes') return <Judges run={run} />;
  return <Goodness run={run} kind={run.pairs} />;
}

/** Layers that each have a goodness for every class. */
function Judges({ run }: { run: Run }) {
  const result = run.latest.value;
  const worth = result ? worthOf(result, run.config.value) : [];
  const layers = run.progress.value.report?.layers ?? [];
  return (
    <figure class="card chart">
      <figcaption>
        <h3>Every layer judges by itself</h3>
      </figcaption>
      {worth.length > 0 ? (
        <>
          <div class="histograms">
            {worth.map((one, index) => (
              <div key={index}>
                <p class="ends small">
                  <b>layer {one.layer + 1}</b>
                  <span>{count(layers[one.layer]?.units ?? 0)} units</span>
                </p>
                <LayerFacts worth={one} />
              </div>
            ))}
          </div>
          <Meanings layers={[]} worth={worth} />
        </>
      ) : (
        <p class="small">
          Each layer learns a goodness for every label, and nothing comes back from the layers above.
          How well each reads alone appears here with the first test.
        </p>
      )}
    </figure>
  );
}

function NoGoodness() {
  return (
    <figure class="card chart">
      <figcaption>
        <h3>No real and false pairs here</h3>
      </figcaption>
      <p class="small">
        This rule has no goodness: it learns from labels alone, by the softmax that reads the net.
      </p>
    </figure>
  );
}

function Goodness({ run, kind }: { run: Run; kind: Kind }) {
  const layers = run.progress.value.report?.layers ?? [];
  const begun = layers.some(({ positive }) => positive.some((filled) => filled > 0));
  const result = run.latest.value;
  const worth = result ? worthOf(result, run.config.value) : [];
  return (
    <figure class="card chart">
      <figcaption>
        <h3>Every layer pulls real and false {kind === 'hybrids' ? 'images' : 'pairs'} apart</h3>
        <div class="legend">
          <span>
            <i style={{ background: 'var(--positive)' }} />
            real
          </span>
          <span>
            <i style={{ background: 'var(--negative)' }} />
            false
          </span>
          {layers.some(({ threshold }) => threshold !== null) && (
            <span>
              <svg class="key" viewBox="0 0 10 10" aria-hidden="true">
                <path d="M5 0V10" class="line before" />
              </svg>
              threshold
            </span>
          )}
        </div>
      </figcaption>
      {begun ? (
        <>
          <div class="histograms">
            {layers.map((layer, index) => (
              <div key={index}>
                <Histogram layer={layer} number={index + 1} />
                <LayerFacts layer={layer} worth={worth[index]} />
              </div>
            ))}
          </div>
          <Meanings layers={layers} worth={worth} />
        </>
      ) : (
        <p class="small">{before[kind]}</p>
      )}
    </figure>
  );
}

function Histogram({ layer, number }: { layer: LayerReport; number: number }) {
  const { positive, negative, low, high, threshold, pairError } = layer;
  const most = Math.max(1, ...positive, ...negative);
  const line = threshold === null ? null : ((threshold - low) / (high - low)) * width;
  const words =
    `Layer ${number}: goodness of recent pairs, from ${figure(low)} to ${figure(high)}. ` +
    `Real around ${figure(mean(positive, low, high))}, false around ` +
    `${figure(mean(negative, low, high))}; in ${percent(pairError, 1)} of pairs the false one is ` +
    `as good or better.`;
  return (
    <>
      <p class="ends small">
        <b>layer {number}</b>
        <span aria-hidden="true">{count(layer.units)} units</span>
      </p>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
        <path class="negative area" d={outline(negative, most)} />
        <path class="positive area" d={outline(positive, most)} />
        {line !== null && line >= 0 && line <= width && (
          <line class="line before" x1={line} x2={line} y1="0" y2={height} />
        )}
        <line class="axis" x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
      </svg>
      <p class="ends small" aria-hidden="true">
        <span>{figure(low, 2)}</span>
        <span>goodness</span>
        <span>{figure(high, 2)}</span>
      </p>
    </>
  );
}

interface FactsProps {
  layer?: LayerReport;
  worth: LayerWorth | undefined;
}

function LayerFacts({ layer, worth }: FactsProps) {
  const { positiveEntropy, negativeEntropy } = layer ?? { positiveEntropy: null, negativeEntropy: null };
  const brings = worth?.brings ?? null;
  return (
    <dl class="facts small">
      {worth && <Fact name="alone">{percent(worth.alone, 1)} error</Fact>}
      {positiveEntropy !== null && <Fact name="entropy, real">{figure(positiveEntropy, 2)}</Fact>}
      {negativeEntropy !== null && <Fact name="entropy, false">{figure(negativeEntropy, 2)}</Fact>}
      {brings !== null && <Fact name="brings">{points(brings)}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What the figures below the histograms mean, of those that there are. */
function Meanings({ layers, worth }: { layers: LayerReport[]; worth: LayerWorth[] }) {
  const told = [
    worth.length > 0 && 'Alone: read by that layer’s goodness only.',
    layers.some(({ positiveEntropy }) => positiveEntropy !== null) &&
      'Entropy: how unevenly goodness is spread over the images.',
    worth.some(({ brings }) => brings !== null) &&
      'Brings: how much less is misread with it than with only the layers before it.',
  ];
  return <p class="small meanings">{told.filter(Boolean).join(' ')}</p>;
}

/** The bins' tops as one closed line, stepped. */
function outline(counts: Float32Array, most: number): string {
  const bin = width / counts.length;
  const steps = Array.from(counts, (value, index) => {
    const y = (height - (value / most) * (height - 4)).toFixed(1);
    return `L${(index * bin).toFixed(1)} ${y}L${((index + 1) * bin).toFixed(1)} ${y}`;
  });
  return `M0 ${height}${steps.join('')}L${width} ${height}Z`;
}

function mean(counts: Float32Array, low: number, high: number): number {
  const bin = (high - low) / counts.length;
  let [sum, total] = [0, 0];
  counts.forEach((value, index) => {
    sum += value * (low + (index + 0.5) * bin);
    total += value;
  });
  return total > 0 ? sum / total : 0;
}
