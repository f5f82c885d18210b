/** What a run is to be: a preset, its main settings, and all the others. */
import { Field } from './field';
import { choosePreset, controls, preset, presets, shown } from './settings';
import type { Preset } from './url';
import './settings.css';

export function SettingsPanel() {
  return (
    <div class="settings">
      <Presets />
      <div class="card">
        {shown.value
          .filter(({ primary }) => primary)
          .map((control) => (
            <Field key={control.name} control={control} />
          ))}
        <AllSettings />
      </div>
    </div>
  );
}

/** The three that most people want first. */
const foremost = ['supervised', 'hybrids', 'backprop'];

function Presets() {
  const [first, others] = [true, false].map((isFirst) =>
    presets.filter(({ name }) => foremost.includes(name) === isFirst),
  );
  const groups = [...new Set(others!.map(({ group }) => group))];
  const isAmongOthers = !foremost.includes(preset.value.name);
  return (
    <fieldset class="presets">
      <legend class="unseen">Preset</legend>
      <div class="list">
        {first!.map((one) => (
          <PresetChoice key={one.name} {...one} />
        ))}
        <details open={isAmongOthers}>
          <summary>All {presets.length} systems</summary>
          {groups.map((group) => (
            <div key={group} role="group" aria-label={group}>
              <p class="small">{group}</p>
              {others!
                .filter((one) => one.group === group)
                .map((one) => (
                  <PresetChoice key={one.name} {...one} />
                ))}
            </div>
          ))}
        </details>
      </div>
    </fieldset>
  );
}

function PresetChoice({ name, title, summary, published }: Preset) {
  const isChosen = preset.value.name === name;
  return (
    <label class="preset" title={summary}>
      <input type="radio" name="preset" checked={isChosen} onChange={() => choosePreset(name)} />
      <b>{title}</b>{' '}
      {published && published !== '–' && <span class="published small">{published} %</span>}
      {isChosen && <span class="small">{summary}</span>}
    </label>
  );
}

/** The settings that are not on the front, by group. */
function AllSettings() {
  const others = shown.value.filter(({ primary }) => !primary);
  const groups = [...new Set(others.map(({ group }) => group))];
  return (
    <details class="all">
      <summary>All {controls.length} settings</summary>
      <div class="groups">
        {groups.map((group) => (
          <fieldset key={group} class="group">
            <legend>{group}</legend>
            {others
              .filter((control) => control.group === group)
              .map((control) => (
                <Field key={control.name} control={control} />
              ))}
          </fieldset>
        ))}
      </div>
    </details>
  );
}
