/** What a net without labels learns to tell apart: images, and mixtures of two of them. */
import { DigitImage, digitPixels } from '../read/digit-image';
import type { Run } from './run';
import './hybrids.css';

export function HybridImages({ run }: { run: Run }) {
  const shown = run.hybrids.value;
  if (!shown) return null;
  const triples = Array.from({ length: shown.masks.length / digitPixels }, (_, place) => place);
  const picture = (from: Float32Array, place: number): Float32Array =>
    from.subarray(place * digitPixels, (place + 1) * digitPixels);
  return (
    <figure class="card chart">
      <figcaption>
        <h3>Real images, and false ones made of them</h3>
        <div class="legend">
          <span>
            <i style={{ background: 'var(--positive)' }} />
            real
          </span>
          <span>a mask</span>
          <span>
            <i style={{ background: 'var(--negative)' }} />
            false
          </span>
        </div>
      </figcaption>
      <div
        class="triples"
        role="img"
        aria-label={`${triples.length} images of the present minibatch, each with a mask and a hybrid.`}
      >
        {triples.map((place) => (
          <div key={place} class="triple">
            <DigitImage pixels={picture(shown.images, place)} />
            <DigitImage pixels={picture(shown.masks, place)} />
            <DigitImage pixels={picture(shown.hybrids, place)} />
          </div>
        ))}
      </div>
      <p class="small">
        Where the mask is white the hybrid is this image, where it is black another one. Strokes are
        right in both; only the whole is wrong.
      </p>
    </figure>
  );
}
