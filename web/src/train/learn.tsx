/** Training a net of one's own. */
import { SettingsPanel } from '../settings/panel';
import { presets } from '../settings/settings';
import { RunControls } from './controls';
import { ErrorChart } from './error-chart';
import { Histograms } from './histograms';
import { HybridImages } from './hybrids';
import { own } from './labs';
import { MisreadDigits } from './misread';
import { ReceptiveFields } from './receptive-fields';
import type { Run } from './run';
import { RunTitle, Stats } from './stats';
import './train.css';

export function Learn() {
  const run = own.value;
  return (
    <section id="train" aria-labelledby="train-title">
      <h2 id="train-title">Learn</h2>
      <p class="lede">
        60,000 digits, in this tab. Every layer learns by itself: real pairs should light it up,
        false ones should leave it dark.
      </p>
      <div class="lab">
        <SettingsPanel />
        <div class="run">
          <RunControls run={run} />
          <RunTitle run={run} />
          <Stats run={run} />
          <Watch run={run} />
          <div class="charts">
            <ErrorChart run={run} />
            <ReceptiveFields run={run} />
          </div>
          <HybridImages run={run} />
          <Histograms run={run} />
          <MisreadDigits run={run} />
        </div>
      </div>
    </section>
  );
}

function Watch({ run }: { run: Run }) {
  const preset = presets.find(({ name }) => name === run.preset);
  return (
    preset && (
      <p class="watch">
        <b>What to watch.</b> {preset.watch}
      </p>
    )
  );
}
