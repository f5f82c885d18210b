/** Small pictures of a sign's drawings. */
import { useEffect, useRef } from 'preact/hooks';
import type { Stroke } from '../draw/drawing';
import { paint } from '../draw/paint';
import { heldOut } from '../engine/drawn-images';

const side = 56; // pixels, twice as many as are shown

export function Thumbnails({ drawings }: { drawings: readonly Stroke[][] }) {
  const learnt = drawings.length - heldOut(drawings.length);
  return (
    <span class="thumbnails" aria-hidden="true">
      {drawings.map((strokes, index) => (
        <Thumbnail key={index} strokes={strokes} held={index >= learnt} />
      ))}
    </span>
  );
}

function Thumbnail({ strokes, held }: { strokes: Stroke[]; held: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paint(context, strokes, side);
  }, [strokes]);
  return <canvas ref={canvas} class={held ? 'held' : ''} width={side} height={side} />;
}
