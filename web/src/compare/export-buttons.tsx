/** The comparison to take away: as figures, as a picture, as commands. */
import { useSignal } from '@preact/signals';
import { controls } from '../settings/settings';
import { download } from '../train/download';
import type { RunSummary } from '../train/run';
import { commandOf, csvOf } from './export';
import { pictureOfChart } from './chart-picture';

export function ExportButtons({ a, b }: { a: RunSummary; b: RunSummary }) {
  const shown = useSignal(false);
  const toggle = (): void => {
    shown.value = !shown.value;
  };
  return (
    <>
      <button
        type="button"
        onClick={() => download('comparison.csv', csvOf([a, b]), 'text/csv')}
      >
        CSV
      </button>
      <button type="button" onClick={() => void savePicture()}>
        PNG
      </button>
      <button type="button" aria-expanded={shown.value} onClick={toggle}>
        The same on the command line
      </button>
      {shown.value && (
        <pre class="commands" tabIndex={0}>
          {[a, b].map((run) => commandOf(run, controls)).join('\n')}
        </pre>
      )}
    </>
  );
}

async function savePicture(): Promise<void> {
  const chart = document.querySelector<SVGSVGElement>('#compare .curves svg')!;
  download('comparison.png', await pictureOfChart(chart), 'image/png');
}
