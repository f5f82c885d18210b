/** Ink of strokes without a canvas, which a Worker may lack. */
import type { Point, Stroke } from '../draw/drawing';

/** How much ink lies on each of side x side pixels, 0 to 255. None of the strokes erases. */
export function rasterOf(strokes: readonly Stroke[], side: number): Uint8Array {
  const ink = new Uint8Array(side * side);
  for (const { points, width } of strokes) {
    const places = points.map(({ x, y }) => ({ x: x * side, y: y * side }));
    places.forEach((place, index) =>
      drawLine(ink, side, places[index - 1] ?? place, place, (width * side) / 2),
    );
  }
  return ink;
}

function drawLine(ink: Uint8Array, side: number, from: Point, to: Point, radius: number): void {
  const within = (a: number, b: number): [number, number] => [
    Math.max(0, Math.floor(Math.min(a, b) - radius - 1)),
    Math.min(side, Math.ceil(Math.max(a, b) + radius + 1)),
  ];
  const [left, right] = within(from.x, to.x);
  const [top, bottom] = within(from.y, to.y);
  const [across, down] = [to.x - from.x, to.y - from.y];
  const square = across * across + down * down || 1;
  for (let y = top; y < bottom; ++y) {
    for (let x = left; x < right; ++x) {
      // From the pixel's middle to the nearest place of the line.
      const [right, below] = [x + 0.5 - from.x, y + 0.5 - from.y];
      const along = Math.min(1, Math.max(0, (right * across + below * down) / square));
      const away = Math.hypot(right - along * across, below - along * down);
      const cover = Math.round(255 * Math.min(1, Math.max(0, radius + 0.5 - away)));
      const pixel = y * side + x;
      ink[pixel] = Math.max(ink[pixel]!, cover);
    }
  }
}
