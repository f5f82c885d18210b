/** All units of a layer as squares, to be gone through by pointer or keys. */
import { useMemo } from 'preact/hooks';
import { nameOf } from '../read/labels';
import { figure, percent } from '../text';
import { acrossOf, cellsOf, strongestFirst, type Cell } from './cells';
import { Squares } from './squares';
import { layer, place, unitNumber, type Opened } from './state';

export function Units({ reading, label, rival, layers }: Opened) {
  const view = layers[layer.value]!;
  const compared = rival !== null;
  const cells = useMemo(() => cellsOf(view, compared), [view, compared]);
  const across = acrossOf(view.places);
  const names = { own: nameOf(label, reading), rival: compared ? nameOf(rival, reading) : '' };
  const told = (cell: Cell): string => {
    const share = percent(cell.adds / (view.goodness[0]! || 1), 1);
    const more = compared ? `; ${difference(cell, names)}` : '';
    return `Unit ${unitNumber(view, cell.place)}: ${share} of the layer’s goodness${more}`;
  };
  // One of them at a time, or a screen reader would have hundreds to take in with every answer.
  const option = cells[place.value ?? strongestFirst(cells, compared)[0]!]!;
  const key = (event: KeyboardEvent): void => {
    const next = placeAfter(event.key, cells.length, across, option.place);
    if (next === null) return;
    event.preventDefault();
    place.value = next;
  };
  return (
    <figure class="units">
      <div
        class="cells"
        role="listbox"
        tabIndex={0}
        aria-label={`Units of layer ${layer.value + 1}; arrow keys go through them`}
        aria-activedescendant={`unit-${option.place}`}
        onKeyDown={key}
      >
        <Squares
          cells={cells}
          across={across}
          chosen={place.value}
          choose={(chosen) => (place.value = chosen)}
        />
        <span
          class="unseen"
          id={`unit-${option.place}`}
          role="option"
          aria-selected={option.place === place.value}
          aria-posinset={option.place + 1}
          aria-setsize={cells.length}
          aria-label={told(option)}
        />
      </div>
      <figcaption class="legend">
        {compared && (
          <>
            <span>
              <i style={{ background: 'var(--positive)' }} />
              more with {names.own}
            </span>
            <span>
              <i style={{ background: 'var(--negative)' }} />
              more with {names.rival}
            </span>
          </>
        )}
        <span>
          <i class="hollow" />
          adds to goodness
        </span>
        {view.places < view.units && (
          <span class="end">
            {view.places} of {view.units} units
          </span>
        )}
      </figcaption>
    </figure>
  );
}

/** In words, which label a unit adds more to. */
export function difference(
  { adds, rivalAdds }: Cell,
  { own, rival }: { own: string; rival: string },
): string {
  const more = figure(Math.abs(adds - rivalAdds), 2);
  if (Number(more) === 0) return `the same with ${own} and ${rival}`;
  return adds > rivalAdds ? `${more} more with ${own} than ${rival}` : `${more} more with ${rival} than ${own}`;
}

const steps: Record<string, (across: number) => number> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (across) => -across,
  ArrowDown: (across) => across,
};

/** Where a key leads, the first of them to the one that is told of; null where it leads nowhere. */
function placeAfter(key: string, count: number, across: number, told: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key]?.(across);
  if (step === undefined) return null;
  if (place.value === null) return told;
  const next = place.value + step;
  return next >= 0 && next < count ? next : null;
}
