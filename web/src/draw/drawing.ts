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

/** Shares of the pad's side: about what MNIST's writers used, and what is easier to use to erase. */
export const penWidth = 0.075;
export const eraserWidth = 0.12;

/** A digit from the test set laid over the whole pad. */
export interface Digit {
  kind: 'digit';
  /** [28 x 28], 0 background. */
  pixels: Uint8Array;
  index: number;
  label: number;
  /** What its label is called. */
  name: string;
}

/** Any other picture laid over the whole pad: nobody has labelled it. */
export interface Image {
  kind: 'image';
  /** [28 x 28], 0 background. */
  pixels: Uint8Array;
}

export type Mark = Stroke | Digit | Image;

export type Deed = Mark | { kind: 'clear' };

export type Drawing = readonly Deed[];

export const blank: Drawing = [];

/** What is on the pad: everything since it was last cleared. */
export function visible(drawing: Drawing): Mark[] {
  const kept = drawing.slice(drawing.findLastIndex(({ kind }) => kind === 'clear') + 1);
  // A picture covers what was there before.
  const marks = kept.filter((deed): deed is Mark => deed.kind !== 'clear');
  return marks.slice(
    Math.max(
      0,
      marks.findLastIndex(({ kind }) => kind !== 'stroke'),
    ),
  );
}

/** Nothing is there to clear, so clearing is no deed of its own. */
export const cleared = (drawing: Drawing): Drawing =>
  visible(drawing).length === 0 ? drawing : begun(drawing, { kind: 'clear' });

/** How often a pad is begun anew before what was on it first is forgotten. */
const remembered = 50;

/** A deed from which on nothing of before shows; of all that can be undone the oldest goes. */
export function begun(drawing: Drawing, deed: Exclude<Deed, Stroke>): Drawing {
  const whole = [...drawing, deed];
  const beginnings = whole.flatMap(({ kind }, at) => (kind === 'stroke' ? [] : [at]));
  return whole.slice(beginnings.length > remembered ? beginnings.at(-remembered) : 0);
}

export const undone = (drawing: Drawing): Drawing => drawing.slice(0, -1);

/** The picture on the pad, as long as nothing was drawn over it. */
export function untouched(drawing: Drawing): Digit | Image | null {
  const [first, ...others] = visible(drawing);
  return first && first.kind !== 'stroke' && others.length === 0 ? first : null;
}

/** The same if it is a test digit. */
export function untouchedDigit(drawing: Drawing): Digit | null {
  const picture = untouched(drawing);
  return picture?.kind === 'digit' ? picture : null;
}

/** A point added to the stroke that is being drawn. */
export function extended(drawing: Drawing, points: Point[]): Drawing {
  const last = drawing.at(-1);
  if (last?.kind !== 'stroke') return drawing;
  return [...drawing.slice(0, -1), { ...last, points: [...last.points, ...points] }];
}

/** The beginning of a stroke, by its length; nothing of it at share 0. */
export function partOf(stroke: Stroke, share: number): Drawing {
  if (share <= 0) return blank;
  const lengths = stroke.points.map((point, index) => distance(stroke.points[index - 1] ?? point, point));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  const points: Point[] = [];
  for (const [index, point] of stroke.points.entries()) {
    const length = lengths[index]!;
    if (length > left) {
      points.push(between(stroke.points[index - 1]!, point, left / length));
      break;
    }
    points.push(point);
    left -= length;
  }
  return [{ ...stroke, points }];
}

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The place at that share of the way from one to another. */
export const between = (from: Point, to: Point, share: number): Point => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
});
