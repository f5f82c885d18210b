/** A pad for one sign, drawn again and again: it clears itself after each drawing. */
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { penWidth, type Point, type Stroke } from '../draw/drawing';
import { paint } from '../draw/paint';
import { isUndo } from '../draw/undo-key';
import { usePen } from '../draw/use-pen';
import { addDrawing, drawn, enough, removeLastDrawing, type Sign } from './signs';

/** Pixels a side. */
const side = 480;
/** After the pen was lifted for so long a drawing is done; the keyboard says so by Enter. */
const pause = 1000; // milliseconds

const help =
  'Draw the sign; a second after the pen is lifted the pad clears for the next. With the keyboard ' +
  'the arrow keys move the pen, and the space bar puts it down and lifts it. Enter goes on to the ' +
  'next drawing; Control Z undoes.';

export function SignPad({ sign: { name, drawings } }: { sign: Sign }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const ghosts = useRef<HTMLCanvasElement>(null);
  const strokes = useSignal<readonly Stroke[]>([]);
  const timer = useRef(0);
  const cancel = (): void => clearTimeout(timer.current);

  const next = (): void => {
    cancel();
    if (strokes.peek().length === 0) return;
    addDrawing(name, [...strokes.peek()]);
    strokes.value = [];
  };
  const done = (): void => {
    next();
    drawn.value = null;
  };
  const undo = (): void => {
    cancel();
    if (strokes.peek().length > 0) strokes.value = [];
    else removeLastDrawing(name);
  };
  const { listeners, pen } = usePen(canvas, {
    begin(at) {
      cancel();
      strokes.value = [...strokes.peek(), strokeThrough([at])];
    },
    goOn(through) {
      const last = strokes.peek().at(-1);
      if (!last) return;
      strokes.value = [...strokes.peek().slice(0, -1), strokeThrough([...last.points, ...through])];
    },
    end(byKeys) {
      if (!byKeys) timer.current = window.setTimeout(next, pause);
    },
    key(event) {
      if (isUndo(event)) undo();
      else if (event.key === 'Enter') next();
      else return false;
      return true;
    },
  });

  usePaint(canvas, strokes.value);
  usePaint(ghosts, drawings.flat());
  useEffect(() => {
    canvas.current!.focus({ preventScroll: true });
    return cancel;
  }, []);
  const number = Math.min(enough, drawings.length + 1);
  return (
    <div>
      <div class="pad sign-pad">
        <canvas ref={ghosts} class="ghosts" width={side} height={side} aria-hidden="true" />
        <canvas
          ref={canvas}
          width={side}
          height={side}
          role="application"
          tabIndex={0}
          aria-label={`Draw ${name}`}
          aria-describedby="sign-pad-help"
          {...listeners}
        />
        {pen.shown && (
          <span
            class={`pen ${pen.down ? 'down' : ''}`}
            style={{ left: `${pen.place.x * 100}%`, top: `${pen.place.y * 100}%` }}
          />
        )}
        <p id="sign-pad-help" class="unseen">
          {help}
        </p>
      </div>
      <p class="row sign-tools">
        <span class="small">
          {drawings.length < enough
            ? `Drawing ${number} of ${enough}`
            : `${drawings.length} drawings: enough, more are better`}
        </span>
        <span class="gap" />
        <button
          type="button"
          disabled={strokes.value.length + drawings.length === 0}
          onClick={undo}
        >
          Undo<span class="unseen"> the last</span>
        </button>
        <button type="button" disabled={strokes.value.length === 0} onClick={next}>
          Next
        </button>
        <button type="button" onClick={done}>
          Done
        </button>
      </p>
    </div>
  );
}

const strokeThrough = (points: Point[]): Stroke => ({
  kind: 'stroke',
  points,
  width: penWidth,
  erases: false,
});

function usePaint(canvas: { current: HTMLCanvasElement | null }, strokes: readonly Stroke[]): void {
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paint(context, strokes, side);
  });
}
