/** Noise on the picture, units off, a black box between layers: what the net still reads. */
import { useMemo } from 'preact/hooks';
import { computed, useSignal, useSignalEffect } from '@preact/signals';
import { client } from '../engine/connection';
import type { BrokenDigit, Damage } from '../engine/inside-protocol';
import type { Judge } from '../engine/protocol';
import { newestOnly } from '../newest';
import { DigitImage } from '../read/digit-image';
import { nameOf } from '../read/labels';
import { count, percent } from '../text';
import { haveTest, opened, withTestImages, type Opened } from './state';
import { TestImages } from './test-images';

/** Changes only when another net reads. */
const judgeNow = computed(() => opened.value?.judge ?? null);

const whole: Damage = { noise: 0, unitsOff: 0, blackBox: false };

const isWhole = ({ noise, unitsOff, blackBox }: Damage): boolean =>
  noise === 0 && unitsOff === 0 && !blackBox;

interface Tested {
  judge: Judge;
  damage: Damage;
  tested: number;
  /** Share misread. */
  error: number;
}

export function BreakIt() {
  const damage = useSignal(whole);
  const digit = useSignal<BrokenDigit | null>(null);
  /** Of the net as it is, and of the damaged one. */
  const before = useSignal<Tested | null>(null);
  const after = useSignal<Tested | null>(null);
  const ask = useMemo(() => {
    const test = async (judge: Judge, damage: Damage): Promise<Tested> => {
      const { tested, errors } = await client.ask({ type: 'breakTest', judge, damage });
      return { judge, damage, tested, error: errors / tested };
    };
    return {
      digit: newestOnly(async ({ judge, pixels, damage: done }: Opened & { damage: Damage }) => {
        const broken = await client.ask({ type: 'breakDigit', judge, pixels, damage: done });
        if (damage.peek() === done) digit.value = broken;
      }),
      test: newestOnly(({ judge, damage }: { judge: Judge; damage: Damage }) =>
        withTestImages(async () => {
          // A net that learns is another every time.
          if (before.peek()?.judge !== judge || judge === 'lab') before.value = await test(judge, whole);
          after.value = isWhole(damage) ? { ...before.value!, damage } : await test(judge, damage);
        }),
      ),
    };
  }, []);
  useSignalEffect(() => {
    const now = opened.value;
    if (!now) return;
    if (isWhole(damage.value)) digit.value = { pixels: now.pixels, reading: now.reading };
    else ask.digit({ ...now, damage: damage.value });
  });
  useSignalEffect(() => {
    const judge = judgeNow.value;
    if (judge && haveTest.value) ask.test({ judge, damage: damage.value });
  });
  const now = opened.value!;
  const change = (changes: Partial<Damage>): void => void (damage.value = { ...damage.value, ...changes });
  const { noise, unitsOff, blackBox } = damage.value;
  const shown = after.value?.judge === now.judge ? after.value : null;
  return (
    <div class="card instrument">
      <h3>Break it</h3>
      <p class="small">The net that you train or use stays as it is; this is a copy.</p>
      <Amount title="Noise on the picture" value={noise} most={0.5} change={(value) => change({ noise: value })} />
      <Amount title="Units off" value={unitsOff} most={0.95} change={(value) => change({ unitsOff: value })} />
      {now.layers.length > 1 && (
        <label class="toggle">
          <input
            type="checkbox"
            checked={blackBox}
            onChange={({ currentTarget }) => change({ blackBox: currentTarget.checked })}
          />
          Black box between layers 1 and 2
        </label>
      )}
      <div class="pictures">
        <DigitImage
          pixels={digit.value && Float32Array.from(digit.value.pixels, (value) => value / 255)}
          title="The picture with its noise"
        />
        <div class="stack" aria-live="polite">
          {digit.value && <p>{readAs(digit.value, now)}</p>}
          {haveTest.value ? (
            <Errors before={before.value} after={shown} waits={shown?.damage !== damage.value} />
          ) : (
            <TestImages>how many test images it still reads</TestImages>
          )}
        </div>
      </div>
    </div>
  );
}

interface AmountProps {
  title: string;
  /** A share. */
  value: number;
  most: number;
  change: (value: number) => void;
}

function Amount({ title, value, most, change }: AmountProps) {
  return (
    <label class="amount">
      <span>{title}</span>
      <input
        type="range"
        min="0"
        max={most}
        step={most / 20}
        value={value}
        aria-valuetext={percent(value, 0)}
        onInput={({ currentTarget }) => change(Number(currentTarget.value))}
      />
      <output>{percent(value, 0)}</output>
    </label>
  );
}

function readAs({ reading }: BrokenDigit, { reading: before }: Opened): string {
  const [now, then] = [nameOf(reading.label, reading), nameOf(before.label, before)];
  return now === then ? `Your picture is still read as ${now}.` : `Your picture is now read as ${now}, not ${then}.`;
}

interface ErrorsProps {
  before: Tested | null;
  after: Tested | null;
  /** Whether a newer figure is on its way. */
  waits: boolean;
}

function Errors({ before, after, waits }: ErrorsProps) {
  if (!before || !after) return <p class="small">Reading test images…</p>;
  return (
    <div class="errors" aria-busy={waits}>
      <p class="small">Misread, of {count(after.tested)} test images:</p>
      <ErrorBar title="whole" {...before} />
      <ErrorBar title="broken" {...after} />
    </div>
  );
}

const ErrorBar = ({ title, error }: { title: string; error: number }) => (
  <p class={`error-bar ${title}`}>
    <span>{title}</span>
    <span class="track">
      <i style={{ width: `${error * 100}%` }} />
    </span>
    <b>{percent(error, 1)}</b>
  </p>
);
