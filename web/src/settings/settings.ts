/** The settings that the person has chosen, and whether the net in the lab has them yet. */
import { computed, signal } from '@preact/signals';
import { dataSets } from '../engine/data-sets';
import type { Config } from '../generated/config';
import presetList from '../generated/presets.json';
import schema from '../generated/schema.json';
import { optional } from '../optional';
import { say } from '../status/status';
import {
  applies,
  controlsOf,
  defaults,
  narrowed,
  sameValue,
  type Name,
  type Property,
} from './schema';
import { changesFrom, fromUrl, toUrl, type Preset } from './url';

/** In the order of the page, which opens with the first, the plainest. */
export const presets = presetList as unknown as Preset[];
export const controls = controlsOf(
  schema as unknown as { properties: Record<string, Property> },
).map((control) => (control.name === 'dataset' ? narrowed(control, dataSets) : control));

const presetName = signal(presets[0]!.name);
const changes = signal<Partial<Config>>({});

export const preset = computed(() => presets.find(({ name }) => name === presetName.value)!);

/** The preset's settings before the person changed any. */
const base = computed<Config>(() => ({ ...defaults(controls), ...preset.value.config }));

/** Every setting as chosen. */
export const config = computed<Config>(() => ({ ...base.value, ...changes.value }));

/** What the net in the lab was made with; null until there is one. */
export const labConfig = signal<Config | null>(null);

/** The settings that matter as things are set. */
export const shown = computed(() =>
  controls.filter((control) => applies(control, config.value, controls)),
);

/** Titles of settings that differ from the lab's and mean something: a fresh net would have them. */
export const waiting = computed<string[]>(() => {
  const present = labConfig.value;
  if (!present) return [];
  return shown.value
    .filter(({ name }) => !sameValue(config.value[name], present[name]))
    .map(({ title }) => title);
});

export function choosePreset(name: string): void {
  presetName.value = name;
  changes.value = {};
  writeUrl();
}

export function change(name: Name, value: Config[Name]): void {
  changes.value = changesFrom(base.value, { ...config.value, [name]: value }, controls);
  writeUrl();
}

/** Takes over a config from elsewhere, such as a model file. */
export function choose(chosen: Config): void {
  changes.value = changesFrom(base.value, chosen, controls);
  writeUrl();
}

/** Takes over what the page's address says, and says what is wrong with it. */
export function readUrl(): void {
  const state = fromUrl(location.search, presets, controls);
  presetName.value = state.preset;
  changes.value = changesFrom(base.value, { ...base.value, ...state.changes }, controls);
  for (const fault of state.faults) say('fault', fault);
}

function writeUrl(): void {
  const state = { preset: presetName.value, changes: changes.value };
  const query = toUrl(location.search, state, presets, controls);
  const address = `${location.pathname}${query}${location.hash}`;
  // Some browsers refuse when it changes often.
  optional(() => history.replaceState(null, '', address));
}
