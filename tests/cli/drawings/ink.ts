/** Strokes as ink, as the page's pad has it. Places are shares of the pad's side. */

export interface Point {
  x: number;
  y: number;
}
export type Strokes = Point[][];

/** Pixels a side, as the page shows the net. */
export const inkSide = 280;

/** How much ink lies on each of inkSide x inkSide pixels, 0 to 255, of strokes with round ends. */
export function inkOf(strokes: Strokes, brush: number): Uint8Array {
  const ink = new Uint8Array(inkSide * inkSide);
  const radius = (brush * inkSide) / 2;
  for (const stroke of strokes) {
    stroke.forEach((to, index) => addSegment(ink, stroke[Math.max(0, index - 1)]!, to, radius));
  }
  return ink;
}

function addSegment(ink: Uint8Array, from: Point, to: Point, radius: number): void {
  const [ax, ay, bx, by] = [from.x, from.y, to.x, to.y].map((share) => share * inkSide) as [
    number,
    number,
    number,
    number,
  ];
  const reach = radius + 1;
  const range = (a: number, b: number) => [
    Math.max(0, Math.floor(Math.min(a, b) - reach)),
    Math.min(inkSide - 1, Math.ceil(Math.max(a, b) + reach)),
  ];
  const [left, right] = range(ax, bx) as [number, number];
  const [top, bottom] = range(ay, by) as [number, number];
  const square = (bx - ax) ** 2 + (by - ay) ** 2;
  for (let row = top; row <= bottom; ++row) {
    for (let column = left; column <= right; ++column) {
      const [x, y] = [column + 0.5, row + 0.5];
      const along = square > 0 ? ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square : 0;
      const share = Math.min(1, Math.max(0, along));
      const distance = Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
      const cover = Math.min(1, Math.max(0, radius + 0.5 - distance));
      const place = row * inkSide + column;
      ink[place] = Math.max(ink[place]!, Math.round(255 * cover));
    }
  }
}
