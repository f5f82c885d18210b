/** Puts a drawing on a canvas. */
import { visible, type Digit, type Drawing, type Image, type Point, type Stroke } from './drawing';

const digitSide = 28;

/** White on transparent, `side` pixels square. */
export function paint(context: CanvasRenderingContext2D, drawing: Drawing, side: number): void {
  context.clearRect(0, 0, side, side);
  for (const mark of visible(drawing)) {
    if (mark.kind === 'stroke') paintStroke(context, mark, side);
    else paintPicture(context, mark, side);
  }
}

function paintStroke(context: CanvasRenderingContext2D, { points, width, erases }: Stroke, side: number): void {
  context.globalCompositeOperation = erases ? 'destination-out' : 'source-over';
  context.strokeStyle = '#fff';
  context.lineWidth = width * side;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(pathOf(points, side));
  context.globalCompositeOperation = 'source-over';
}

/** A curve through the middles between points, which hides the corners of a coarse mouse. */
function pathOf(points: readonly Point[], side: number): Path2D {
  const path = new Path2D();
  const [first] = points;
  if (!first) return path;
  // The shift makes a dot of a single point.
  path.moveTo(first.x * side - 0.01, first.y * side);
  points.forEach(({ x, y }, index) => {
    const next = points[index + 1];
    if (!next) path.lineTo(x * side, y * side);
    else {
      path.quadraticCurveTo(
        x * side,
        y * side,
        ((x + next.x) / 2) * side,
        ((y + next.y) / 2) * side,
      );
    }
  });
  return path;
}

function paintPicture(context: CanvasRenderingContext2D, { pixels }: Digit | Image, side: number): void {
  const image = new ImageData(digitSide, digitSide);
  pixels.forEach((value, index) => image.data.set([255, 255, 255, value], index * 4));
  const small = unseen(digitSide);
  small.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small.canvas, 0, 0, side, side);
}

/** Draws on a canvas of its own that nobody sees. */
function unseen(side: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  return canvas.getContext('2d', { willReadFrequently: true })!;
}

/** Pixels a side of the picture that the net is shown. */
export const inkSide = 280;

let inkContext: CanvasRenderingContext2D | null = null;

/** How much ink lies on each of inkSide x inkSide pixels, 0 to 255. */
export function inkOf(drawing: Drawing): Uint8Array {
  inkContext ??= unseen(inkSide);
  paint(inkContext, drawing, inkSide);
  const { data } = inkContext.getImageData(0, 0, inkSide, inkSide);
  const ink = new Uint8Array(inkSide * inkSide);
  for (let pixel = 0; pixel < ink.length; ++pixel) ink[pixel] = data[pixel * 4 + 3]!;
  return ink;
}
