/** The pad: drawn on by mouse, pen, finger or keyboard. */
import { useEffect, useRef } from 'preact/hooks';
import { useSignalEffect } from '@preact/signals';
import {
  beginStroke,
  clear,
  continueStroke,
  endStroke,
  erasing,
  isBlank,
  drawing,
  played,
  undo,
} from './pad-state';
import { isUndo } from './undo-key';
import { paint } from './paint';
import { Tools } from './tools';
import { usePen } from './use-pen';
import { example } from '../read/example';
import './draw.css';

/** Pixels a side; enough for a sharp picture on any screen. */
const side = 600;
const hintSide = 360;

const help =
  'Draw with a mouse, a pen or a finger. The arrow keys move the pen, with Shift in small steps; ' +
  'the space bar puts it down and lifts it. Control Z undoes; Delete clears.';

export function Pad() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { listeners, pen } = usePen(canvas, {
    begin: beginStroke,
    goOn: continueStroke,
    end: endStroke,
    key(event) {
      if (isUndo(event)) undo();
      else if (event.key === 'Delete' || event.key === 'Backspace') clear();
      else return false;
      return true;
    },
  });

  useSignalEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paint(context, drawing.value, side);
  });
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paint(context, drawing.peek(), side);
  }, []);

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
        {...listeners}
      />
      {(isBlank.value || played.value !== null) && <Hint />}
      {pen.shown && (
        <span
          class={`pen ${pen.down ? 'down' : ''}`}
          style={{ left: `${pen.place.x * 100}%`, top: `${pen.place.y * 100}%` }}
        />
      )}
      <p id="pad-help" class="unseen">
        {help}
      </p>
      <Tools />
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
