/** One question, a probability a label: what a net without goodness makes of the digit. */
import { layerColour } from '../layers';
import { percent } from '../text';
import type { Reading } from '../engine/protocol';
import { nameColumn, nameOf, shownLabels } from './labels';

interface Props {
  reading: Reading;
  isExample: boolean;
}

export function Probabilities({ reading, isExample }: Props) {
  const winner = isExample ? -1 : reading.label;
  const probabilities = Array.from(reading.scores[0]!.values);
  return (
    <>
      <h2>
        One question, {probabilities.length === 10 ? 'ten' : probabilities.length} probabilities
      </h2>
      <p class="lede">
        {isExample && 'An example, until you draw. '}
        This net has learnt without labels in its images, so there is no goodness to compare. It
        sees {isExample ? 'the' : 'your'} digit once, and a <em>softmax</em> shares out what that is
        likely to be.
      </p>
      <div role="img" aria-label={alternative(reading, isExample)} style={nameColumn(reading)}>
        {shownLabels(probabilities).map((label) => (
          <Probability
            key={label}
            name={nameOf(label, reading)}
            probability={probabilities[label]!}
            wins={label === winner}
          />
        ))}
      </div>
      <div class="legend">
        <span class="end">probability</span>
      </div>
    </>
  );
}

interface ProbabilityProps {
  name: string;
  probability: number;
  wins: boolean;
}

function Probability({ name, probability, wins }: ProbabilityProps) {
  const background = layerColour(0, 1, wins);
  return (
    <div class={`trial once ${wins ? 'wins' : ''}`}>
      <span class="label" title={name}>
        {name}
      </span>
      <span class="track">
        <i style={{ left: 0, width: `${probability * 100}%`, background }} />
      </span>
      <span class="total">{percent(probability, 1)}</span>
    </div>
  );
}

function alternative(reading: Reading, isExample: boolean): string {
  const told = Array.from(reading.scores[0]!.values)
    .map((probability, label) => ({ probability, label }))
    .sort((a, b) => b.probability - a.probability)
    .map(({ probability, label }) => `${nameOf(label, reading)}: ${percent(probability, 1)}`)
    .join(', ');
  return `Probability of each label${isExample ? ' for an example' : ''}, best first. ${told}.`;
}
