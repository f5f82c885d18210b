/** Says what is kept on this device, and removes what takes room. */
import { dataSets } from '../engine/data-sets';
import { controls } from '../settings/settings';
import { bytes } from '../text';
import { keepingFault, keptOf, pageIsKept, removeData } from './kept';
import './kept.css';

export function KeptLines() {
  return (
    <div class="kept small">
      {pageIsKept.value && <p>This page is kept on this device: it opens without a network.</p>}
      {dataSets.map((dataset) => (
        <KeptDataSet key={dataset} dataset={dataset} />
      ))}
      <p role="status">{keepingFault.value}</p>
    </div>
  );
}

function KeptDataSet({ dataset }: { dataset: string }) {
  const size = keptOf(dataset);
  if (size === 0) return null;
  const name = nameOf(dataset);
  return (
    <p>
      {name} is kept: {bytes(size)}.
      <button
        type="button"
        class="quiet"
        aria-label={`Remove ${name} from this device`}
        onClick={() => void removeData(dataset)}
      >
        Remove
      </button>
    </p>
  );
}

/** As the field of data sets calls it. */
function nameOf(dataset: string): string {
  const domain = controls.find(({ name }) => name === 'dataset')?.domain;
  const choices = domain?.kind === 'choice' ? domain.choices : [];
  return choices.find(({ value }) => value === dataset)?.title ?? dataset;
}
