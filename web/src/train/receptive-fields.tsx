/** Which pixels some units of layer 1, spread over it, are for and against. */
import { useEffect, useRef } from 'preact/hooks';
import { pretrainedFields } from '../engine/connection';
import { isDark } from '../theme';
import { digitPixels, digitSide } from '../read/digit-image';
import { paintField, smoothed } from './weights';
import type { Run } from './run';

const across = 7;
/** A pixel of paper between two pictures. */
const pitch = digitSide + 2;

export function ReceptiveFields({ run }: { run: Run }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const own = run.hasBegun.value;
  const weights = own ? run.receptiveFields.value : pretrainedFields.value;
  const dark = isDark.value;
  const units = weights ? weights.length / digitPixels : 0;
  const rows = Math.max(1, Math.ceil(units / across));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    for (let unit = 0; weights && unit < units; ++unit) {
      const field = weights.subarray(unit * digitPixels, (unit + 1) * digitPixels);
      const image = context.createImageData(digitSide, digitSide);
      paintField(smoothed(field), image.data, dark);
      context.putImageData(image, (unit % across) * pitch, Math.floor(unit / across) * pitch);
    }
  }, [weights, dark, rows]);
  return (
    <figure class="card chart">
      <figcaption>
        <h3>What layer 1 looks for</h3>
        <div class="legend">
          <span>
            <i style={{ background: 'var(--positive)' }} />
            ink wanted
          </span>
          <span>
            <i style={{ background: 'var(--negative)' }} />
            unwanted
          </span>
        </div>
      </figcaption>
      <canvas
        ref={canvas}
        class="fields"
        width={across * pitch - 2}
        height={rows * pitch - 2}
        role="img"
        aria-label={
          `Incoming weights of ${units} units spread over layer 1, each a picture of 28 by 28 ` +
          'pixels. Blue is where ink makes the unit more active, orange where it makes it less.'
        }
      />
      <p class="small">
        {own ? 'Your net' : 'The pre-trained net; yours when it learns'}. Weights are averaged with
        their neighbours.
      </p>
    </figure>
  );
}
