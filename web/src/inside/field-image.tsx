/** Numbers for 28x28 pixels in colours: blue above zero, orange below. */
import { useMemo } from 'preact/hooks';
import { digitSide } from '../read/digit-image';
import { smoothed } from '../train/weights';
import { useField } from './use-field';

interface Props {
  /** [784]; null for nothing yet. */
  values: Float32Array | null;
  title: string;
}

/** Averaged with their neighbours, so that strokes show through noise. */
export function FieldImage({ values, title }: Props) {
  const canvas = useField(useMemo(() => values && smoothed(values), [values]));
  return (
    <canvas
      ref={canvas}
      class="field"
      width={digitSide}
      height={digitSide}
      role="img"
      aria-label={title}
    />
  );
}
