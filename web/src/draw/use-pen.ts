/** A pen on a pad, led by a mouse, a stylus, a finger or the keyboard. */
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { optional } from '../optional';
import type { Point } from './drawing';

/** What the pen does. Places are shares of the pad's side. */
export interface PenDeeds {
  begin: (at: Point) => void;
  goOn: (through: Point[]) => void;
  /** `byKeys`: whether the keyboard has led it. */
  end: (byKeys: boolean) => void;
  /** Any key that does not lead the pen; whether it meant something. */
  key: (event: KeyboardEvent) => boolean;
}

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

/** What the pad listens to, and where the keyboard's pen is; `shown` while it is of use. */
export function usePen(pad: RefObject<HTMLElement | null>, deeds: PenDeeds) {
  const pen = useSignal<{ place: Point; down: boolean; shown: boolean }>({
    place: { x: 0.5, y: 0.5 },
    down: false,
    shown: false,
  });
  /** The pointer that draws; others, such as a palm, do nothing. */
  const pointer = useRef<number | null>(null);

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || pointer.current !== null) return;
    pointer.current = event.pointerId;
    // A pointer that is gone already cannot be captured.
    optional(() => pad.current!.setPointerCapture(event.pointerId));
    pen.value = { ...pen.value, down: false, shown: false };
    deeds.begin(placeOf(event, pad.current!));
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (event.pointerId !== pointer.current) return;
    // Some browsers give only the last of the places since the frame before.
    const steps = 'getCoalescedEvents' in event ? event.getCoalescedEvents() : [];
    const events = steps.length > 0 ? steps : [event];
    deeds.goOn(events.map((one) => placeOf(one, pad.current!)));
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (event.pointerId !== pointer.current) return;
    pointer.current = null;
    deeds.end(false);
  };

  const move = ({ x, y }: Point, by: number): void => {
    const { place, down } = pen.value;
    const next = { x: within(place.x + x * by), y: within(place.y + y * by) };
    pen.value = { place: next, down, shown: true };
    if (down) deeds.goOn([next]);
  };
  const press = (): void => {
    const { place, down } = pen.value;
    pen.value = { place, down: !down, shown: true };
    if (down) deeds.end(true);
    else deeds.begin(place);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = arrows[event.key];
    if (arrow) move(arrow, event.shiftKey ? smallStride : stride);
    else if (event.key === ' ') press();
    else if (!deeds.key(event)) return;
    else pen.value = { ...pen.value, down: false };
    event.preventDefault();
  };

  const show = (shown: boolean): void => {
    pen.value = { ...pen.value, shown, down: shown && pen.value.down };
  };
  const listeners = {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel: onPointerUp,
    onKeyDown,
    onFocus: () => show(pad.current!.matches(':focus-visible')),
    onBlur: () => show(false),
  };
  return { listeners, pen: pen.value };
}
