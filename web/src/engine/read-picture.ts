/** Asks a net what a picture shows. */
import type { Session } from './builds';
import type { Judge, Picture, Reading } from './protocol';

/** [28 x 28] as a net gets to see it; null when the picture is blank. */
export const digitOf = (net: Session, picture: Picture): Uint8Array | null =>
  picture.kind === 'digit'
    ? picture.pixels
    : net.prepareDrawing(picture.ink, picture.width, picture.height);

/** Null when the picture is blank. */
export function readPicture(judge: Judge, net: Session, picture: Picture): Reading | null {
  const started = performance.now();
  const pixels = digitOf(net, picture);
  if (!pixels) return null;
  const answer = net.classify(pixels);
  return { ...answer, judge, milliseconds: performance.now() - started };
}
