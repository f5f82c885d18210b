/** Where images are on the map: between the plane's own numbers and the screen. */
import type { ImageMap } from '../engine/inside-protocol';
import type { Reading } from '../engine/protocol';
import { nameOf } from '../read/labels';
import { blank, styleOf } from './paint';

export interface Point {
  x: number;
  y: number;
}

export interface Scale {
  /** Of the picture, in CSS pixels. */
  width: number;
  height: number;
  to: (point: Point) => Point;
  back: (point: Point) => Point;
}

/** For a label to be read whole. */
const margin = 12;

export const pointAt = (places: Float32Array, image: number): Point => ({
  x: places[2 * image]!,
  y: places[2 * image + 1]!,
});

/** The first axis goes across; both have the same scale. */
export function scaleOf(places: Float32Array, width: number): Scale {
  const along = (offset: 0 | 1) => places.filter((_, at) => at % 2 === offset);
  const [xs, ys] = [along(0), along(1)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const zoom = (width - 2 * margin) / (right - left || 1);
  return {
    width,
    height: Math.max(2 * margin, (high - low) * zoom + 2 * margin),
    to: ({ x, y }) => ({ x: (x - left) * zoom + margin, y: (high - y) * zoom + margin }),
    back: ({ x, y }) => ({ x: (x - margin) / zoom + left, y: high - (y - margin) / zoom }),
  };
}

/** The images nearest to a point of the plane, the nearest first. */
export function nearest(places: Float32Array, { x, y }: Point, count: number): number[] {
  const distance = (image: number): number => {
    const at = pointAt(places, image);
    return (at.x - x) ** 2 + (at.y - y) ** 2;
  };
  const images = Array.from({ length: places.length / 2 }, (_, image) => ({ image, far: distance(image) }));
  return images
    .sort((a, b) => a.far - b.far)
    .slice(0, count)
    .map(({ image }) => image);
}

const ways: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};

/** The nearest image in the quarter that an arrow key points to; null where there is none. */
export function towards(places: Float32Array, from: number, key: string): number | null {
  const way = ways[key];
  if (!way) return null;
  const here = pointAt(places, from);
  const onTheWay = (image: number): boolean => {
    const at = pointAt(places, image);
    const along = (at.x - here.x) * way.x + (at.y - here.y) * way.y;
    const aside = (at.x - here.x) * way.y + (at.y - here.y) * way.x;
    return along > 0 && Math.abs(aside) <= along;
  };
  return nearest(places, here, places.length / 2).find(onTheWay) ?? null;
}

interface Painted {
  places: ImageMap;
  /** Of the drawing. */
  here: Point | null;
  /** The image that is pointed at. */
  chosen: number | null;
  label: number;
  rival: number | null;
  reading: Reading;
  colours: Colours;
}

const variables = ['--sans', '--positive-text', '--negative-text', '--muted', '--ink'] as const;
type Colours = Record<(typeof variables)[number], string>;

export const coloursNow = (): Colours => styleOf(document.documentElement, variables);

/** Each image as its label: the row's in blue, the rival's in orange. */
export function paintMap(canvas: HTMLCanvasElement, scale: Scale, painted: Painted): void {
  const { places, here, chosen, label, rival, reading, colours } = painted;
  const context = blank(canvas, scale.width, scale.height);
  if (!context) return;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `500 10px ${colours['--sans']}`;
  const marked = new Map([[label, colours['--positive-text']]]);
  if (rival !== null) marked.set(rival, colours['--negative-text']);
  places.labels.forEach((shown, image) => {
    const { x, y } = scale.to(pointAt(places.places, image));
    context.fillStyle = marked.get(shown) ?? colours['--muted'];
    context.fillText(nameOf(shown, reading).slice(0, 1), x, y);
  });
  context.strokeStyle = colours['--ink'];
  context.lineWidth = 2;
  if (chosen !== null) ring(context, scale.to(pointAt(places.places, chosen)), 8);
  context.lineWidth = 3;
  if (here) ring(context, scale.to(here), 10);
}

function ring(context: CanvasRenderingContext2D, { x, y }: Point, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}
