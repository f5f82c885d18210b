/** Units of a layer as squares. Areas are shares of the largest. */
import type { LayerView } from '../engine/inside-protocol';

export interface Cell {
  place: number;
  /** What the unit adds to goodness with the row's label, and with the rival's; 0 without one. */
  adds: number;
  rivalAdds: number;
  /** Sides of the squares, shares of a cell: of the larger of both, and of the difference. */
  outer: number;
  inner: number;
}

/** In the order of the layer. */
export function cellsOf({ adds, places }: Pick<LayerView, 'adds' | 'places'>, compared: boolean): Cell[] {
  const of = (row: number, place: number): number => adds[row * places + place]!;
  const cells = Array.from({ length: places }, (_, place) => {
    const own = of(0, place);
    const rival = compared ? of(1, place) : 0;
    const larger = Math.max(Math.abs(own), Math.abs(rival));
    return { place, adds: own, rivalAdds: rival, larger, difference: compared ? own - rival : 0 };
  });
  const most = Math.max(
    Number.MIN_VALUE,
    ...cells.map(({ larger, difference }) => Math.max(larger, Math.abs(difference))),
  );
  const side = (area: number): number => Math.sqrt(Math.abs(area) / most);
  return cells.map(({ larger, difference, ...cell }) => ({
    ...cell,
    outer: side(larger),
    inner: side(difference),
  }));
}

/** Places in the order in which the units tell the labels apart; without labels, of what they add. */
export function strongestFirst(cells: Cell[], compared: boolean): number[] {
  const size = ({ inner, outer }: Cell): number => (compared ? inner : outer);
  return [...cells].sort((a, b) => size(b) - size(a) || a.place - b.place).map(({ place }) => place);
}

/** The place of the square at so many squares from the left and from the top; null where there is none. */
export function placeAt(right: number, down: number, across: number, places: number): number | null {
  const column = Math.floor(right);
  const place = Math.floor(down) * across + column;
  return column >= 0 && column < across && place >= 0 && place < places ? place : null;
}

/** Squares side by side: a little wider than high. */
export const acrossOf = (places: number): number => Math.ceil(Math.sqrt(places * 1.25));
