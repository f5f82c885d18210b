/** What a run is to be: a preset, its main settings, and all the others. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Field } from './field';
import { choosePreset, controls, preset, presets, shown, waiting } from './settings';
import { runState } from '../train/run';
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
      <Waiting />
    </div>
  );
}

function Presets() {
  const list = useRef<HTMLDivElement>(null);
  // The list may be longer than its box: one that the address names is brought into view.
  useLayoutEffect(() => {
    const box = list.current!;
    const chosen = box.querySelector<HTMLElement>('.preset:has(:checked)')!;
    box.scrollTop = chosen.offsetTop - box.clientHeight / 2;
  }, []);
  return (
    <fieldset class="presets">
      <legend class="unseen">Preset</legend>
      <div class="list" ref={list}>
        {presets.map(({ name, title, summary }) => (
          <label key={name} class="preset" title={summary}>
            <input
              type="radio"
              name="preset"
              checked={preset.value.name === name}
              onChange={() => choosePreset(name)}
            />
            <b>{title}</b> {preset.value.name === name && <span class="small">{summary}</span>}
          </label>
        ))}
      </div>
    </fieldset>
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

/** Settings that the present net was not made with. */
function Waiting() {
  if (runState.value === 'fresh' || waiting.value.length === 0) return null;
  return (
    <p class="small waiting" role="status">
      Changed: {waiting.value.join(', ')}. A fresh net takes this up: press Reset.
    </p>
  );
}
