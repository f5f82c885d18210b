/** The page: draw, then train, then look inside, then see how it works. */
import { HowItWorks } from './how/how';
import { Answer } from './read/answer';
import { Trials } from './read/trials';
import { Pad } from './draw/pad';
import { Tools } from './draw/tools';
import './read/read.css';
import './train/train.css';
import { SettingsPanel } from './settings/panel';
import { preset } from './settings/settings';
import { StatusLines } from './status/status-lines';
import { isDark, toggleTheme } from './theme';
import { RunControls } from './train/controls';
import { ErrorChart } from './train/error-chart';
import { Histograms } from './train/histograms';
import { HybridImages } from './train/hybrids';
import { MisreadDigits } from './train/misread';
import { ReceptiveFields } from './train/receptive-fields';
import { Stats } from './train/stats';

export function App() {
  return (
    <>
      <Header />
      <main>
        <section id="draw" class="card read" aria-label="Draw and read">
          <div>
            <Pad />
            <Tools />
          </div>
          <Answer />
          <Trials />
        </section>
        <section id="train" aria-labelledby="train-title">
          <h2 id="train-title">Train your own</h2>
          <p class="lede">
            60,000 digits, in this tab. Every layer learns by itself: real pairs should light it up,
            false ones should leave it dark.
          </p>
          <div class="lab">
            <SettingsPanel />
            <div class="run">
              <RunControls />
              <Stats />
              <p class="watch">
                <b>{preset.value.title}: what to watch.</b> {preset.value.watch}
              </p>
              <div id="inside" class="charts">
                <ErrorChart />
                <ReceptiveFields />
              </div>
              <HybridImages />
              <Histograms />
              <MisreadDigits />
            </div>
          </div>
        </section>
        <HowItWorks />
      </main>
      <StatusLines />
    </>
  );
}

function Header() {
  return (
    <header>
      <h1>Forward-Forward</h1>
      <p>A network that learns without backpropagation. Draw, then train your own.</p>
      <nav aria-label="Page">
        <a href="#draw">Draw</a>
        <a href="#train">Train</a>
        <a href="#inside">Inside</a>
        <a href="#how">How it works</a>
        <button type="button" class="quiet" onClick={toggleTheme}>
          {isDark.value ? 'Light' : 'Dark'}
        </button>
      </nav>
    </header>
  );
}
