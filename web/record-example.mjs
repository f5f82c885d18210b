// What the pre-trained net makes of the example, for the page to show before that net is there: see
// src/read/recorded.ts.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const side = 280; // pixels, as the page's own picture of a drawing

export async function recordExample(engine) {
  const { module } = await runnerImport(here('src/read/example.ts'));
  const net = new engine.Session();
  net.load(new Uint8Array(await readFile(here('public/models/pretrained.safetensors'))));
  const [stroke] = [module.example].flat();
  const answer = net.classify(net.prepareDrawing(inkOf(stroke), side, side));
  net.delete();
  return compact(answer);
}

/** How much ink lies on each pixel, 0 to 255, as src/draw/paint.ts puts it there. */
function inkOf({ points, width }) {
  const places = curveOf(points);
  const ink = new Uint8Array(side * side);
  for (let at = 0; at < ink.length; ++at) {
    const place = { x: ((at % side) + 0.5) / side, y: (Math.floor(at / side) + 0.5) / side };
    const nearest = Math.min(...places.map(({ x, y }) => Math.hypot(x - place.x, y - place.y)));
    ink[at] = 255 * Math.min(1, Math.max(0, side * (width / 2 - nearest) + 0.5));
  }
  return ink;
}

/** Places close to each other on the curve through the middles between points. */
function curveOf(points) {
  const steps = 12;
  const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  let from = points[0];
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    const to = next ? middle(point, next) : point;
    const part = Array.from({ length: steps + 1 }, (_, step) => {
      const t = step / steps;
      const blend = (key) =>
        (1 - t) ** 2 * from[key] + 2 * t * (1 - t) * point[key] + t ** 2 * to[key];
      return { x: blend('x'), y: blend('y') };
    });
    from = to;
    return part;
  });
}

/** The same picture for every label but for what a label adds to it. */
function compact({ inputs, scores, ...answer }) {
  const classes = answer.classes.length;
  const pixels = inputs.length / classes;
  const value = (label, place) => inputs[label * pixels + place];
  const places = Array.from({ length: pixels }, (_, place) => place);
  const labels = Array.from({ length: classes }, (_, label) => label);
  const common = places.map((place) => Math.min(...labels.map((label) => value(label, place))));
  const marksOf = (label) =>
    places.flatMap((place) => {
      const added = value(label, place) - common[place];
      return added === 0 ? [] : [[place, rounded(added)]];
    });
  return {
    ...answer,
    scores: scores.map(({ values, ...score }) => ({ ...score, values: Array.from(values, rounded) })),
    pixels: common.map((grey) => Math.round(grey * 255)),
    marks: labels.map(marksOf),
  };
}

const rounded = (value) => Number(value.toPrecision(5));
