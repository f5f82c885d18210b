/** Which digits a net at rest takes for which. */
import { layDigit } from '../draw/pad-state';
import { labels, type Misread, type MisreadDigit } from '../engine/misread';
import { DigitImage } from '../read/digit-image';
import { readBy } from '../read/reading';
import { count } from '../text';
import { titleOf } from './split';
import type { Run } from './run';
import './misread.css';

export function MisreadDigits({ run }: { run: Run }) {
  const found = run.misread.value;
  if (!found) return null;
  return (
    <figure class="card chart misread">
      <figcaption>
        <h3>What it takes for what</h3>
        <span class="small">{count(found.read)} {titleOf(found.split)} images</span>
      </figcaption>
      <div class="halves">
        <Confusion {...found} />
        <Gallery digits={found.digits} />
      </div>
    </figure>
  );
}

const digits = Array.from({ length: labels }, (_, digit) => digit);

/** The stronger the orange, the more often; what is read rightly stays plain. */
function Confusion({ counts }: Misread) {
  const of = (label: number, read: number): number => counts[label * labels + read]!;
  const wrong = digits.flatMap((label) =>
    digits.filter((read) => read !== label).map((read) => of(label, read)),
  );
  const most = Math.max(1, ...wrong);
  const shade = (label: number, read: number): string => {
    const share = label === read ? 0 : (of(label, read) / most) * 45;
    return `color-mix(in oklab, var(--negative) ${share}%, transparent)`;
  };
  return (
    <table>
      <caption class="small">A row a label; across, what it was read as</caption>
      <thead>
        <tr>
          <td />
          {digits.map((read) => (
            <th key={read} scope="col">
              {read}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {digits.map((label) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {digits.map((read) => (
              <td
                key={read}
                class={label === read ? 'right' : ''}
                style={{ background: shade(label, read) }}
              >
                {of(label, read) || ''}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where the person can see what this net makes of it. */
function show(digit: MisreadDigit): void {
  readBy('lab');
  layDigit(digit);
  document.getElementById('draw')?.scrollIntoView();
}

function Gallery({ digits }: { digits: MisreadDigit[] }) {
  if (digits.length === 0) return <p class="small">It misread none of them.</p>;
  return (
    <div>
      <p class="small">Misread: the label, and what it was taken for. Press one to see why.</p>
      <div class="gallery">
        {digits.map((digit) => (
          <button key={digit.index} type="button" onClick={() => show(digit)}>
            <DigitImage pixels={Float32Array.from(digit.pixels, (value) => value / 255)} />
            {digit.label} → {digit.read}
            <span class="unseen">, put it on the pad</span>
          </button>
        ))}
      </div>
    </div>
  );
}
