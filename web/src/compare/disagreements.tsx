/** The test images that only one of the two reads rightly. */
import { useSignal } from '@preact/signals';
import { layDigit } from '../draw/pad-state';
import type { Disagreement } from '../engine/protocol';
import { DigitImage } from '../read/digit-image';
import { attempt } from '../status/status';
import { count } from '../text';
import { chosenIds, disagreement } from './state';

export function Disagreements() {
  const found = useSignal<{ of: string; asked: Disagreement } | null>(null);
  const asking = useSignal(false);
  const of = chosenIds.value;
  const look = async (): Promise<void> => {
    asking.value = true;
    await attempt(async () => {
      found.value = { of, asked: await disagreement() };
    });
    asking.value = false;
  };
  // Another pair has others.
  const shown = found.value?.of === of ? found.value.asked : null;
  return (
    <figure class="card chart">
      <figcaption>
        <h3>Where they disagree</h3>
        {!shown && (
          <button type="button" disabled={asking.value} onClick={() => void look()}>
            {asking.value ? 'Reading 10,000 test images…' : 'Let both read the test images'}
          </button>
        )}
      </figcaption>
      {shown && (
        <div class="halves" role="status">
          <Only side="A" images={shown.onlyA} count={shown.countA} />
          <Only side="B" images={shown.onlyB} count={shown.countB} />
        </div>
      )}
    </figure>
  );
}

interface OnlyProps {
  side: string;
  images: Disagreement['onlyA'];
  count: number;
}

function Only({ side, images, count: all }: OnlyProps) {
  const show = (image: Disagreement['onlyA'][number]): void => {
    layDigit(image);
    document.getElementById('draw')?.scrollIntoView();
  };
  return (
    <div>
      <p class="small">
        Only {side} reads {count(all)} of them.
      </p>
      <div class="gallery">
        {images.map((image) => (
          <button key={image.index} type="button" onClick={() => show(image)}>
            <DigitImage pixels={Float32Array.from(image.pixels, (value) => value / 255)} />
            {image.label}
            <span class="unseen">, put it on the pad</span>
          </button>
        ))}
      </div>
    </div>
  );
}
