/** A drawing as a list of what was done, so that anything can be undone. Places are shares of the
 * pad's side, from its top left. */

export interface Point {
  x: number;
  y: number;
}

export interface Stroke {
  kind: 'stroke';
  points: Point[];
  /** Share of the pad's side. */
  width: number;
  erases: boolean;
}

/** A digit from the test set laid over the whole pad. */
export interface Digit {
  kind: 'digit';
  /** [28 x 28], 0 background. */
  pixels: Uint8Array;
  index: number;
  label: number;
}

export type Deed = Stroke | Digit | { kind: 'clear' };

export type Drawing = readonly Deed[];

export const blank: Drawing = [];

/** What is on the pad: everything since it was last cleared. */
export function visible(drawing: Drawing): (Stroke | Digit)[] {
  const kept = drawing.slice(drawing.findLastIndex(({ kind }) => kind === 'clear') + 1);
  // A digit covers what was there before.
  const marks = kept.filter((deed): deed is Stroke | Digit => deed.kind !== 'clear');
  return marks.slice(
    Math.max(
      0,
      marks.findLastIndex(({ kind }) => kind === 'digit'),
    ),
  );
}

/** Nothing is there to clear, so clearing is no deed of its own. */
export const cleared = (drawing: Drawing): Drawing =>
  visible(drawing).length === 0 ? drawing : begun(drawing, { kind: 'clear' });

/** How often a pad is begun anew before what was on it first is forgotten. */
const remembered = 50;

/** A deed from which on nothing of before shows; of all that can be undone the oldest goes. */
export function begun(drawing: Drawing, deed: Digit | { kind: 'clear' }): Drawing {
  const whole = [...drawing, deed];
  const beginnings = whole.flatMap(({ kind }, at) => (kind === 'stroke' ? [] : [at]));
  return whole.slice(beginnings.length > remembered ? beginnings.at(-remembered) : 0);
}

export const undone = (drawing: Drawing): Drawing => drawing.slice(0, -1);

/** The test digit on the pad, as long as nothing was drawn over it. */
export function untouchedDigit(drawing: Drawing): Digit | null {
  const [first, ...others] = visible(drawing);
  return first?.kind === 'digit' && others.length === 0 ? first : null;
}

/** A point added to the stroke that is being drawn. */
export function extended(drawing: Drawing, points: Point[]): Drawing {
  const last = drawing.at(-1);
  if (last?.kind !== 'stroke') return drawing;
  return [...drawing.slice(0, -1), { ...last, points: [...last.points, ...points] }];
}
