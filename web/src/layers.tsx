/** How layers are coloured, wherever they appear: a ramp of blues, of greens for the winner. */

/** A CSS colour; `layer` counts from 0. */
export function layerColour(layer: number, layers: number, wins = false): string {
  const ramp = wins ? 'win' : 'layer';
  const share = layers > 1 ? (layer / (layers - 1)) * 100 : 50;
  return `color-mix(in oklab, var(--${ramp}-last) ${share}%, var(--${ramp}-first))`;
}

export function LayerLegend({ layers, counted }: { layers: number; counted: boolean[] }) {
  return (
    <>
      {Array.from({ length: layers }, (_, layer) => (
        <span key={layer}>
          <i style={{ background: counted[layer] ? layerColour(layer, layers) : 'transparent' }} />
          layer {layer + 1}
          {!counted[layer] && ' (not counted)'}
        </span>
      ))}
    </>
  );
}
