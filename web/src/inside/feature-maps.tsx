/** What each filter of a layer finds in the picture, and where: a map a filter. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LayerView } from '../engine/inside-protocol';
import { count } from '../text';

/** Pixels between two maps. */
const gap = 1;

export function FeatureMaps({ view, layer }: { view: LayerView; layer: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { maps, across, down } = view;
  const filters = maps.length / (across * down);
  const columns = columnsOf(filters);
  const width = columns * (across + gap) - gap;
  const height = Math.ceil(filters / columns) * (down + gap) - gap;
  useLayoutEffect(() => paint(canvas.current!, view, columns), [view]);
  const title = `What the ${count(filters)} filters of layer ${layer + 1} find, and where`;
  return (
    <figure class="card feature-maps">
      <canvas ref={canvas} width={width} height={height} role="img" aria-label={title} />
      <figcaption class="small">{title}: all of them at the same brightness.</figcaption>
    </figure>
  );
}

/** Much wider than high, and with all rows full where that is possible. */
function columnsOf(filters: number): number {
  const least = Math.ceil(Math.sqrt(2.5 * filters));
  for (let columns = least; columns <= 2 * least; ++columns) {
    if (filters % columns === 0) return columns;
  }
  return least;
}

/** In the maps' own pixels, from black to white; what is between two maps is left out. */
function paint(canvas: HTMLCanvasElement, { maps, across, down }: LayerView, columns: number): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const picture = context.createImageData(canvas.width, canvas.height);
  const brightest = maps.reduce((most, value) => Math.max(most, value), Number.MIN_VALUE);
  maps.forEach((value, index) => {
    const [filter, place] = [Math.floor(index / (across * down)), index % (across * down)];
    const x = (filter % columns) * (across + gap) + (place % across);
    const y = Math.floor(filter / columns) * (down + gap) + Math.floor(place / across);
    const grey = Math.max(0, (255 * value) / brightest);
    picture.data.set([grey, grey, grey, 255], 4 * (y * canvas.width + x));
  });
  context.putImageData(picture, 0, 0);
}
