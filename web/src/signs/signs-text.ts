/** Signs as text, for an address and for the browser to keep: "name,drawing,drawing;name,drawing". */
import type { Stroke } from '../draw/drawing';
import { strokesOf, textOf } from '../draw/strokes-text';

/** A sign that a person has drawn so many times. */
export interface Sign {
  name: string;
  drawings: Stroke[][];
}

export const textOfSigns = (signs: readonly Sign[]): string =>
  signs
    .map(({ name, drawings }) => [encodeURIComponent(name), ...drawings.map(textOf)].join(','))
    .join(';');

/** What `textOfSigns` gives; null for what it does not. */
export function signsFrom(text: string): Sign[] | null {
  if (text === '') return [];
  try {
    return text.split(';').map(signFrom);
  } catch {
    return null;
  }
}

function signFrom(text: string): Sign {
  const [name, ...drawings] = text.split(',');
  const sign = { name: decodeURIComponent(name!), drawings: drawings.map(drawingFrom) };
  if (sign.name === '') throw new Error('A sign without a name.');
  return sign;
}

/** Ink alone. */
function drawingFrom(text: string): Stroke[] {
  const strokes = strokesOf(text).filter(({ erases }) => !erases);
  if (strokes.length === 0) throw new Error('A blank drawing.');
  return strokes;
}
