/** How good each layer finds real and false pairs. */
import type { LayerReport } from '../engine/protocol';
import { figure, percent } from '../text';
import { latest, progress } from './run';

const [width, height] = [240, 92];

export function Histograms() {
  const layers = progress.value?.report?.layers ?? [];
  const begun = layers.some(({ positive }) => positive.some((count) => count > 0));
  return (
    <figure class="card chart">
      <figcaption>
        <h3>Every layer pulls real and false pairs apart</h3>
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
        <div class="histograms">
          {layers.map((layer, index) => (
            <Histogram key={index} layer={layer} number={index + 1} />
          ))}
        </div>
      ) : (
        <p class="small">
          A real pair is a digit with its true label, a false one the same digit with a wrong label.
          Their goodness appears here with the first minibatch.
        </p>
      )}
    </figure>
  );
}

function Histogram({ layer, number }: { layer: LayerReport; number: number }) {
  const { positive, negative, low, high, threshold, pairError } = layer;
  const most = Math.max(1, ...positive, ...negative);
  const alone = latest.value && latest.value.layerErrors[number - 1]! / latest.value.tested;
  const line = threshold === null ? null : ((threshold - low) / (high - low)) * width;
  const words =
    `Layer ${number}: goodness of recent pairs, from ${figure(low)} to ${figure(high)}. ` +
    `Real around ${figure(mean(positive, low, high))}, false around ` +
    `${figure(mean(negative, low, high))}; in ${percent(pairError, 1)} of pairs the false one is ` +
    `as good or better.`;
  return (
    <div>
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
      <p class="ends small">
        <b>layer {number}</b>
        {alone !== null && <span>alone: {percent(alone, 1)} error</span>}
      </p>
    </div>
  );
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
