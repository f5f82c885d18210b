/** A 28x28 picture as the net sees it. */
import { useLayoutEffect, useRef } from 'preact/hooks';

export const digitSide = 28;
export const digitPixels = digitSide * digitSide;

interface Props {
  /** [784], 1 is white, what is brighter is shown white; null for black. */
  pixels: Float32Array | null;
  /** A pixel of the top row to show in a colour of its own. */
  mark?: { pixel: number; colour: string } | undefined;
  /** Text alternative; a picture without one is decoration. */
  title?: string;
}

export function DigitImage({ pixels, mark, title }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(digitSide, digitSide);
    for (let place = 0; place < digitPixels; ++place) {
      const grey = Math.round(255 * Math.min(1, Math.max(0, pixels?.[place] ?? 0)));
      image.data.set([grey, grey, grey, 255], place * 4);
    }
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return (
    <span class="digit" role={title ? 'img' : 'presentation'} aria-label={title}>
      <canvas ref={canvas} width={digitSide} height={digitSide} />
      {mark && (
        <i
          style={{
            left: `${(mark.pixel / digitSide) * 100}%`,
            top: 0,
            background: mark.colour,
          }}
        />
      )}
    </span>
  );
}

/** The input for one label out of a reading's ten. */
export const inputFor = (inputs: Float32Array, label: number): Float32Array =>
  inputs.subarray(label * digitPixels, (label + 1) * digitPixels);
