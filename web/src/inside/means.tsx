/** How active a unit is on average for the images of each class, as bars and as a table. */
import type { Reading } from '../engine/protocol';
import { nameOf } from '../read/labels';
import { figure } from '../text';
import { listed, sidesOf } from './sides';

interface Props {
  /** [classes] */
  means: Float32Array;
  reading: Reading;
}

export function Means({ means, reading }: Props) {
  const most = Math.max(...means, Number.MIN_VALUE);
  const { speaksFor, against } = sidesOf(means);
  const names = (labels: number[]): string => listed(labels.map((label) => nameOf(label, reading)));
  return (
    <div class="means">
      <p class="small">
        {speaksFor.length > 0 ? `Speaks for ${names(speaksFor)}` : 'Speaks for none in particular'}
        {against.length > 0 && `, hardly for ${names(against)}`}.
      </p>
      <table>
        <caption class="unseen">Its mean activity for the images of each class</caption>
        <tbody>
          <tr class="bars" aria-hidden="true">
            {Array.from(means, (mean, label) => (
              <td key={label}>
                <i style={{ height: `${(Math.max(0, mean) / most) * 100}%` }} />
              </td>
            ))}
          </tr>
          <tr>
            {reading.classes.map((name, label) => (
              <th key={label} scope="col" title={name}>
                {name.slice(0, 3)}
              </th>
            ))}
          </tr>
          <tr class="unseen">
            {Array.from(means, (mean, label) => (
              <td key={label}>{figure(mean, 2)}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
