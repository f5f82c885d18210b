/** The same picture under every label, and how good the net finds each: a row a label. */
import type { Reading } from '../engine/protocol';
import { isPlaying, truth } from '../draw/pad-state';
import { layerColour, LayerLegend } from '../layers';
import { percent } from '../text';
import { barsOf, goodnessText, type Bars, type Lead, type Row } from './bars';
import { DigitImage, inputFor } from './digit-image';
import { inWords, kindOf, labelPixels, nameColumn, nameOf, shownLabels } from './labels';
import { padReading, shownReading } from './reading';
import { holds, verdictOf } from './verdict';

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));

export function Trials() {
  const now = padReading.value;
  // Rows of the same kind stay while there is nothing to read.
  const like = now ?? shownReading.value;
  const classes = like?.classes ?? digits;
  return (
    <div class="trials">
      <Words like={like} answer={now && nameOf(now.label, now)} />
      {now ? <Rows reading={now} /> : <EmptyRows classes={classes} />}
      <div class="legend">
        {like && like.counted.length > 0 && (
          <LayerLegend layers={like.counted.length} counted={like.counted} />
        )}
        <span class="end">{like?.counted.length === 0 ? 'probability' : 'goodness'}</span>
      </div>
    </div>
  );
}

function Words({ like, answer }: { like: Reading | null; answer: string | null }) {
  const classes = like?.classes ?? digits;
  if (like?.counted.length === 0) return <ProbabilityWords count={classes.length} />;
  if (like?.once) return <ClassWords classes={classes} />;
  return <GoodnessWords classes={classes} answer={answer} />;
}

function GoodnessWords({ classes, answer }: { classes: string[]; answer: string | null }) {
  return (
    <>
      <h2>
        Is this a real {answer ?? kindOf(classes)}? The net is asked {inWords(classes.length)}{' '}
        times.
      </h2>
      <p class="lede">
        The strip is the picture’s top row, enlarged: one pixel says which label is claimed. Bars:
        goodness above the label it likes least.
      </p>
    </>
  );
}

function ClassWords({ classes }: { classes: string[] }) {
  return (
    <>
      <h2>One look, {inWords(classes.length)} goodnesses from every layer</h2>
      <p class="lede">
        No label goes in. Each layer says by itself how good a {kindOf(classes)} of each label the
        picture is. Bars: goodness above the label it likes least.
      </p>
    </>
  );
}

function ProbabilityWords({ count }: { count: number }) {
  return (
    <>
      <h2>One question, {inWords(count)} probabilities</h2>
      <p class="lede">
        This net has learnt without labels in its images, so there is no goodness to compare. It
        sees the picture once, and a <em>softmax</em> shares out what that is likely to be.
      </p>
    </>
  );
}

/** The row from the inside, which has a place of its own. */
const open = (label: number): void =>
  void import('../inside/state').then(({ openRow }) => openRow(label));

function Rows({ reading }: { reading: Reading }) {
  const bars = barsOf(reading);
  const verdict = verdictOf(reading, truth.value);
  const pixels = labelPixels(reading);
  const outlined = verdict.kind === 'perhaps' ? [reading.label, reading.doubt?.rival] : [];
  return (
    <div
      class={`rows ${reading.once ? 'once' : ''} ${pixels ? '' : 'plain'}`}
      role="img"
      tabIndex={0}
      onKeyDown={({ key }) => key === 'Enter' && open(reading.label)}
      aria-label={alternative(bars, reading)}
      style={`${nameColumn(reading.classes)}; --labels: ${pixels}`}
    >
      {shownLabels(bars.rows.map(({ above }) => above)).map((label) => (
        <Trial
          key={label}
          name={nameOf(label, reading)}
          onPress={() => open(label)}
          row={bars.rows[label]!}
          figure={figureOf(bars.rows[label]!, reading)}
          pixels={inputFor(reading.inputs, label)}
          layers={reading.counted.length}
          lead={bars.lead?.label === label && !isPlaying.value ? bars.lead : null}
          marks={[
            label === reading.label && (holds(verdict) ? 'wins' : 'best'),
            outlined.includes(label) && 'perhaps',
            verdict.right === false && nameOf(label, reading) === truth.value && 'true',
          ]}
        />
      ))}
    </div>
  );
}

/** Keeps the place of the rows until there is something to show. */
function EmptyRows({ classes }: { classes: string[] }) {
  const labels = Array.from(classes.keys()).slice(0, 12);
  return (
    <div class="rows" aria-hidden="true" style={`${nameColumn(classes)}; --labels: ${classes.length}`}>
      {labels.map((label) => (
        <Trial
          key={label}
          name={classes[label]!}
          row={{ label, total: 0, above: 0, segments: [] }}
          figure=""
          pixels={null}
          layers={0}
          lead={null}
          marks={[]}
        />
      ))}
    </div>
  );
}

interface TrialProps {
  name: string;
  /** Null where there is nothing to look into. */
  onPress?: () => void;
  row: Row;
  figure: string;
  /** What layer 1 sees; null where there is nothing. */
  pixels: Float32Array | null;
  /** Of the net. */
  layers: number;
  /** Of this label, if it has the lead. */
  lead: Lead | null;
  marks: (string | false)[];
}

function Trial({ name, onPress, row, figure, pixels, layers, lead, marks }: TrialProps) {
  const wins = marks.includes('wins');
  return (
    <div class={`trial ${marks.filter(Boolean).join(' ')}`} onClick={onPress}>
      <span class="label" title={name}>
        {name}
      </span>
      <span class="strip">
        <i style={`--label: ${row.label}`} />
      </span>
      <DigitImage pixels={pixels} />
      <span class="track">
        <span class="bars">
          {row.segments.map(({ layer, start, length }) => (
            <i
              key={layer}
              style={{
                transform: `translateX(${start * 100}%) scaleX(${length})`,
                background: layerColour(layer, layers, wins),
              }}
            />
          ))}
        </span>
        {lead && <LeadMark {...lead} />}
      </span>
      <span class="measure">{figure}</span>
    </div>
  );
}

/** A bracket from where the rival's bar ends to where this one does. */
function LeadMark({ goodness, start, end }: Lead) {
  const place = end - start > 0.3 ? 'within' : end < 0.7 ? 'behind' : 'before';
  return (
    <span class="lead" style={{ left: `${start * 100}%`, width: `${(end - start) * 100}%` }}>
      <b class={place}>leads by {goodnessText(goodness)}</b>
    </span>
  );
}

const figureOf = ({ above }: Row, { counted }: Reading): string =>
  counted.length > 0 ? goodnessText(above) : percent(above, 1);

function alternative({ rows }: Bars, reading: Reading): string {
  const told = [...rows]
    .sort((a, b) => b.above - a.above)
    .map((row) => `${nameOf(row.label, reading)}: ${figureOf(row, reading)}`)
    .join(', ');
  const what = reading.counted.length > 0 ? 'Goodness of each label above the least' : 'Probability of each label';
  return `${what}, best first. ${told}.`;
}
