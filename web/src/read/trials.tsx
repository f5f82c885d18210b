/** As many questions as labels, one answer: each label written into the digit, and how good the net finds it. */
import type { Reading } from '../engine/protocol';
import { layerColour, LayerLegend } from '../layers';
import { barsOf, goodnessText, type Row } from './bars';
import { DigitImage, inputFor } from './digit-image';
import { nameColumn, nameOf, shownLabels } from './labels';
import { Probabilities } from './probabilities';
import { reading, shownReading } from './reading';

export function Trials() {
  const shown = shownReading.value;
  const isExample = reading.value === null;
  return (
    <div class={`trials ${isExample ? 'example' : ''}`}>
      {shown?.counted.length === 0 ? (
        <Probabilities reading={shown} isExample={isExample} />
      ) : (
        <Questions shown={shown} isExample={isExample} />
      )}
    </div>
  );
}

function Questions({ shown, isExample }: { shown: Reading | null; isExample: boolean }) {
  const asked = shown?.classes.length ?? 10;
  return (
    <>
      <h2>{asked === 10 ? 'Ten' : asked} questions, one answer</h2>
      <p class="lede">
        {isExample && 'An example, until you draw. '}
        Each label is written into {isExample ? 'the' : 'your'} digit and the net is asked: does
        this look real? The label with the most <em>goodness</em> wins.
      </p>
      {shown ? <Rows reading={shown} isExample={isExample} /> : <p class="small">Loading…</p>}
    </>
  );
}

function Rows({ reading, isExample }: { reading: Reading; isExample: boolean }) {
  const { rows, common } = barsOf(reading);
  const winner = isExample ? -1 : reading.label;
  return (
    <>
      <div
        role="img"
        aria-label={alternative(rows, reading, isExample)}
        style={nameColumn(reading)}
      >
        {shownLabels(rows.map(({ total }) => total)).map((label) => (
          <Trial
            key={label}
            row={rows[label]!}
            common={common}
            reading={reading}
            wins={label === winner}
          />
        ))}
      </div>
      <div class="legend">
        <LayerLegend layers={reading.counted.length} counted={reading.counted} />
        {common > 0 && (
          <span>
            <i class="common" />
            the same for all labels, cut short
          </span>
        )}
        <span class="end">goodness</span>
      </div>
    </>
  );
}

interface TrialProps {
  row: Row;
  common: number;
  reading: Reading;
  wins: boolean;
}

function Trial({ row, common, reading, wins }: TrialProps) {
  return (
    <div class={`trial ${wins ? 'wins' : ''}`}>
      <span class="label" title={nameOf(row.label, reading)}>
        {nameOf(row.label, reading)}
      </span>
      <DigitImage pixels={inputFor(reading.inputs, row.label)} />
      <span class="track">
        <i class="common" style={{ left: 0, width: `${common * 100}%` }} />
        {row.segments.map(({ layer, start, length }) => (
          <i
            key={layer}
            style={{
              left: `${start * 100}%`,
              width: `${length * 100}%`,
              background: layerColour(layer, reading.counted.length, wins),
            }}
          />
        ))}
      </span>
      <span class="total">{goodnessText(row.total)}</span>
    </div>
  );
}

function alternative(rows: Row[], reading: Reading, isExample: boolean): string {
  const ranked = [...rows].sort((a, b) => b.total - a.total);
  const told = ranked
    .map(({ label, total }) => `${nameOf(label, reading)}: ${goodnessText(total)}`)
    .join(', ');
  return `Goodness of each label${isExample ? ' for an example' : ''}, best first. ${told}.`;
}
