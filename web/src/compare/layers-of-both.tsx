/** What each layer brings, of A over B. */
import { percent, points } from '../text';
import { worthOf, type LayerWorth } from '../train/layer-worth';
import type { RunSummary } from '../train/run';

export function LayersOfBoth({ a, b }: { a: RunSummary; b: RunSummary }) {
  const [first, second] = [worthIn(a), worthIn(b)];
  const layers = Math.max(first.length, second.length);
  if (layers === 0) return null;
  return (
    <figure class="card chart">
      <figcaption>
        <h3>What each layer brings</h3>
      </figcaption>
      <p class="small">{inWords(first, second)}</p>
      <div class="scroll" role="group" aria-label="What each layer brings" tabIndex={0}>
        <table class="layers">
          <thead>
            <tr>
              <td />
              {Array.from({ length: layers }, (_, layer) => (
                <th key={layer} scope="col">
                  layer {layer + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row title="A: alone" values={first.map(({ alone }) => percent(alone, 1))} />
            <Row title="B: alone" values={second.map(({ alone }) => percent(alone, 1))} />
            <Row title="A: brings" values={first.map(broughtBy)} />
            <Row title="B: brings" values={second.map(broughtBy)} />
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function Row({ title, values }: { title: string; values: string[] }) {
  return (
    <tr>
      <th scope="row">{title}</th>
      {values.map((value, layer) => (
        <td key={layer}>{value}</td>
      ))}
    </tr>
  );
}

const broughtBy = ({ brings }: LayerWorth): string => (brings === null ? '–' : points(brings));

/** By the last test on all images of a split. */
function worthIn({ config, results }: RunSummary): LayerWorth[] {
  const last = results.findLast(({ full }) => full);
  return last ? worthOf(last, config) : [];
}

/** What the layers after the first that counts take off the error, all together. */
const broughtByOthers = (worth: LayerWorth[]): number =>
  worth.reduce((sum, { brings }) => sum + (brings ?? 0), 0);

function inWords(first: LayerWorth[], second: LayerWorth[]): string {
  const told = [first, second].map((worth, side) => {
    const name = side ? 'B' : 'A';
    if (worth.length === 0) return `${name} has no goodness, so its layers cannot be read alone.`;
    if (worth.length === 1) return `${name} has one layer.`;
    const brought = broughtByOthers(worth);
    const size = points(Math.abs(brought)).replace('+', '');
    return brought < 0
      ? `In ${name} later layers add ${size} to the error.`
      : `In ${name} later layers take ${size} off the error.`;
  });
  return told.join(' ');
}
