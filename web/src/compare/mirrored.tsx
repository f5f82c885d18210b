/** The drawing, asked of both nets: the same rows about a spine, A to the left, B to the right. */
import type { Reading } from '../engine/protocol';
import { barsOf, endOf, goodnessText } from '../read/bars';
import { nameOf } from '../read/labels';
import { percent } from '../text';
import type { RunSummary } from '../train/run';
import { readings } from './state';

export function Mirrored({ a, b }: { a: RunSummary; b: RunSummary }) {
  const [left, right] = [readings.a.value, readings.b.value];
  return (
    <figure class="card chart mirrored">
      <figcaption>
        <h3>What both say of the digit</h3>
        <span class="small">A to the left, B to the right</span>
      </figcaption>
      {left && right ? (
        <Rows left={left} right={right} names={[a.name, b.name]} />
      ) : (
        <p class="small">Loading the nets…</p>
      )}
    </figure>
  );
}

/** How much of its track each label fills, and the figure beside it. */
interface Side {
  reading: Reading;
  shares: number[];
  figures: string[];
}

function sideOf(reading: Reading): Side {
  const { rows } = barsOf(reading);
  const told = reading.counted.length > 0 ? goodnessText : (share: number) => percent(share, 1);
  return { reading, shares: rows.map(endOf), figures: rows.map(({ above }) => told(above)) };
}

interface RowsProps {
  left: Reading;
  right: Reading;
  names: [string, string];
}

function Rows({ left, right, names }: RowsProps) {
  const [a, b] = [sideOf(left), sideOf(right)];
  return (
    <table class="mirror">
      <caption class="unseen">
        Goodness of each label above the least, or its probability, by {names[0]} and by {names[1]}
      </caption>
      <thead class="unseen">
        <tr>
          <th scope="col">A</th>
          <th scope="col">label</th>
          <th scope="col">B</th>
        </tr>
      </thead>
      <tbody>
        {left.classes.map((_, label) => (
          <tr key={label}>
            <Cell side={a} label={label} />
            <th scope="row">{nameOf(label, left)}</th>
            <Cell side={b} label={label} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ side, label }: { side: Side; label: number }) {
  const wins = side.reading.label === label;
  return (
    <td class={wins ? 'wins' : ''}>
      <span class="track">
        <i style={{ width: `${side.shares[label]! * 100}%` }} />
      </span>
      <span class="figure small">
        {side.figures[label]}
        {wins && <span class="unseen">, its answer</span>}
      </span>
    </td>
  );
}
