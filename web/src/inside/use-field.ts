/** Numbers for 28x28 pixels on a canvas, in colours: blue above zero, orange below. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { digitSide } from '../read/digit-image';
import { isDark } from '../theme';
import { paintField } from '../train/weights';

/** `values`: [784]; null for nothing yet. */
export function useField(values: Float32Array | null): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = isDark.value;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(digitSide, digitSide);
    if (values) paintField(values, image.data, dark);
    context.putImageData(image, 0, 0);
  }, [values, dark]);
  return canvas;
}
