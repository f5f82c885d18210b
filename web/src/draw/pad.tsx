/** The pad: drawn on by mouse, pen, finger or keyboard. */
import { useEffect, useRef } from 'preact/hooks';
import { useSignal, useSignalEffect } from '@preact/signals';
import type { Point } from './drawing';
import {
  beginStroke,
  clear,
  continueStroke,
  drawing,
  endStroke,
  erasing,
  isBlank,
  undo,
} from './pad-state';
import { isUndo } from './undo-key';
import { optional } from '../optional';
import { paint } from './paint';
import { example } from '../read/example';
import './draw.css';

/** Pixels a side; enough for a sharp picture on any screen. */
const side = 600;
const hintSide = 360;

const help =
  'Draw with a mouse, a pen or a finger. With the keyboard: the arrow keys move the pen, with Shift ' +
  'in small steps; the space bar puts it down and lifts it; Control Z undoes; Delete clears.';

const arrows: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const stride = 1 / 20;
const smallStride = 1 / 100;

const within = (value: number): number => Math.min(1, Math.max(0, value));

function placeOf(event: PointerEvent, pad: HTMLElement): Point {
  const { left, top, width, height } = pad.getBoundingClientRect();
  return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
}

export function Pad() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = useSignal<{ place: Point; down: boolean; shown: boolean }>({
    place: { x: 0.5, y: 0.5 },
    down: false,
    shown: false,
  });
  /** The pointer that draws; others, such as a palm, do nothing. */
  const pointer = useRef<number | null>(null);

  useSignalEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paint(context, drawing.value, side);
  });
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paint(context, drawing.peek(), side);
  }, []);

  const down = (event: PointerEvent): void => {
    const pad = canvas.current!;
    if (event.button !== 0 || pointer.current !== null) return;
    pointer.current = event.pointerId;
    // A pointer that is gone already cannot be captured.
    optional(() => pad.setPointerCapture(event.pointerId));
    pen.value = { ...pen.value, down: false, shown: false };
    beginStroke(placeOf(event, pad));
  };
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== pointer.current) return;
    // Some browsers give only the last of the places since the frame before.
    const steps = 'getCoalescedEvents' in event ? event.getCoalescedEvents() : [];
    const events = steps.length > 0 ? steps : [event];
    continueStroke(events.map((one) => placeOf(one, canvas.current!)));
  };
  const up = (event: PointerEvent): void => {
    if (event.pointerId !== pointer.current) return;
    pointer.current = null;
    endStroke();
  };

  const key = (event: KeyboardEvent): void => {
    if (pressed(event)) event.preventDefault();
  };
  /** Whether the key meant something. */
  const pressed = (event: KeyboardEvent): boolean => {
    const arrow = arrows[event.key];
    const { place, down } = pen.value;
    if (arrow) {
      const by = event.shiftKey ? smallStride : stride;
      const next = { x: within(place.x + arrow.x * by), y: within(place.y + arrow.y * by) };
      pen.value = { place: next, down, shown: true };
      if (down) continueStroke([next]);
      return true;
    }
    if (event.key === ' ') {
      pen.value = { place, down: !down, shown: true };
      if (down) endStroke();
      else beginStroke(place);
      return true;
    }
    if (isUndo(event)) undo();
    else if (event.key === 'Delete' || event.key === 'Backspace') clear();
    else return false;
    pen.value = { ...pen.value, down: false };
    return true;
  };

  const { place, down: penDown, shown } = pen.value;
  return (
    <div class={`pad ${erasing.value ? 'erasing' : ''}`}>
      <canvas
        ref={canvas}
        width={side}
        height={side}
        role="application"
        tabIndex={0}
        aria-label="Draw a digit"
        aria-describedby="pad-help"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        onKeyDown={key}
        onFocus={(event) => {
          const byKeyboard = event.currentTarget.matches(':focus-visible');
          pen.value = { ...pen.value, shown: byKeyboard };
        }}
        onBlur={() => (pen.value = { ...pen.value, shown: false, down: false })}
      />
      {isBlank.value && <Hint />}
      {shown && (
        <span
          class={`pen ${penDown ? 'down' : ''}`}
          style={{ left: `${place.x * 100}%`, top: `${place.y * 100}%` }}
        />
      )}
      <p id="pad-help" class="unseen">
        {help}
      </p>
    </div>
  );
}

/** A faint digit that invites to draw over it. */
function Hint() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paint(context, example, hintSide);
  }, []);
  return (
    <div class="hint" aria-hidden="true">
      <canvas ref={canvas} width={hintSide} height={hintSide} />
      <span>Draw here</span>
    </div>
  );
}
