/** A row of the reading, opened: what every unit says, and what else can be asked of the net. */
import { useEffect, useRef } from 'preact/hooks';
import { useSignal, useSignalEffect } from '@preact/signals';
import { goodnessText } from '../read/bars';
import { nameOf } from '../read/labels';
import { optional } from '../optional';
import { BreakIt } from './break-it';
import { Dream } from './dream';
import { FeatureMaps } from './feature-maps';
import { ImageMap } from './image-map';
import { PixelMap } from './pixel-map';
import {
  chosenLabel,
  chosenRival,
  close,
  layer,
  lookInside,
  opened,
  place,
  row,
  type Opened,
} from './state';
import { UnitCard } from './unit-card';
import { Units } from './units';
import './inside.css';
import './instruments.css';

export function Inside() {
  const section = useRef<HTMLElement>(null);
  const near = useSignal(false);
  useEffect(() => {
    const watch = optional(
      () =>
        new IntersectionObserver(([entry]) => (near.value = entry!.isIntersecting), {
          rootMargin: '50%',
        }),
    );
    if (watch) watch.observe(section.current!);
    else near.value = true;
    return () => watch?.disconnect();
  }, []);
  // Out of sight it costs nothing.
  useSignalEffect(() => {
    if (near.value) lookInside();
  });
  const now = opened.value;
  return (
    <section
      id="inside"
      class="inside"
      ref={section}
      aria-labelledby="inside-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && close()) event.preventDefault();
      }}
    >
      <h2 id="inside-title" tabIndex={-1}>
        {now ? `Inside: row ${nameOf(now.label, now.reading)}, layer ${layer.value + 1}` : 'Inside'}
      </h2>
      <p class="lede">
        Every unit is a square, larger the more it adds to the layer’s goodness. Press one for the
        pictures that light it most.
      </p>
      {now ? <OpenedRow {...now} /> : <p class="small unopened">It opens when a net has read a digit.</p>}
    </section>
  );
}

function OpenedRow(now: Opened) {
  return (
    <>
      <Choices {...now} />
      <div class="card opened">
        <Units {...now} />
        <UnitCard {...now} />
      </div>
      {now.layers[layer.value]!.maps.length > 0 && (
        <FeatureMaps view={now.layers[layer.value]!} layer={layer.value} />
      )}
      <div class="instruments">
        <div>
          {now.rival !== null && <PixelMap />}
          <BreakIt />
        </div>
        <div>
          {now.rival !== null && <Dream />}
          <ImageMap />
        </div>
      </div>
    </>
  );
}

function Choices({ reading, label, rival, layers }: Opened) {
  return (
    <div class="row choices">
      <Label title="Row" value={label} reading={reading} choose={(next) => (chosenLabel.value = next)} />
      {rival !== null && (
        <Label
          title="against"
          value={rival}
          without={row.value?.label}
          reading={reading}
          choose={(next) => (chosenRival.value = next)}
        />
      )}
      <div class="row" role="group" aria-label="Layer">
        {layers.map(({ goodness }, index) => (
          <button
            key={index}
            type="button"
            aria-pressed={layer.value === index}
            onClick={() => {
              layer.value = index;
              place.value = null;
            }}
          >
            Layer {index + 1}
            {rival !== null && (
              <span class="figures">
                {' '}
                {goodnessText(goodness[0]!)} against {goodnessText(goodness[1]!)}
              </span>
            )}
          </button>
        ))}
      </div>
    </div>
  );
}

interface LabelProps {
  title: string;
  value: number;
  /** A label that is not offered. */
  without?: number | undefined;
  reading: Opened['reading'];
  choose: (label: number) => void;
}

function Label({ title, value, without, reading, choose }: LabelProps) {
  return (
    <label>
      {title}{' '}
      <select value={value} onChange={({ currentTarget }) => choose(Number(currentTarget.value))}>
        {reading.classes.map((name, label) =>
          label === without ? null : (
            <option key={label} value={label}>
              {name}
            </option>
          ),
        )}
      </select>
    </label>
  );
}
