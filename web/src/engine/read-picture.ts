/** Asks a net what a picture shows. */
import type { Session } from './builds';
import type { Judge, Picture, Reading } from './protocol';

/** Null when the picture is blank. */
export function readPicture(judge: Judge, net: Session, picture: Picture): Reading | null {
  const started = performance.now();
  const pixels =
    picture.kind === 'digit'
      ? picture.pixels
      : net.prepareDrawing(picture.ink, picture.width, picture.height);
  if (!pixels) return null;
  const answer = net.classify(pixels);
  return { ...answer, judge, milliseconds: performance.now() - started };
}
