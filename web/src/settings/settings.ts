/** The settings that the person has chosen. */
import { computed, signal } from '@preact/signals';
import { dataSets } from '../engine/data-sets';
import type { RunPlan } from '../engine/protocol';
import type { Config } from '../generated/config';
import presetList from '../generated/presets.json';
import schema from '../generated/schema.json';
import { optional } from '../optional';
import { say } from '../status/status';
import {
  applies,
  controlsOf,
  defaults,
  format,
  narrowed,
  type Name,
  type Property,
} from './schema';
import { changesFrom, fromUrl, toUrl, type Preset } from './url';

/** In the order of the page, which opens with the first, the plainest. */
export const presets = presetList as unknown as Preset[];
export const controls = controlsOf(
  schema as unknown as { properties: Record<string, Property> },
).map((control) => (control.name === 'dataset' ? narrowed(control, dataSets) : control));

/** A run told by a version that lacked some settings has them at what nets did without. */
export const completed = <Told extends { config: Config }>(run: Told): Told => ({
  ...run,
  config: { ...defaults(controls), ...run.config },
});

const presetName = signal(presets[0]!.name);
const changes = signal<Partial<Config>>({});

export const preset = computed(() => presets.find(({ name }) => name === presetName.value)!);

/** Held out on this page to choose by, so that test images judge in the end alone. */
const heldOut = { validation_images: 10_000 };

/** The preset's settings before the person changed any. */
export const base = computed<Config>(() => ({
  ...defaults(controls),
  ...preset.value.config,
  ...heldOut,
}));

/** Every setting as chosen. */
export const config = computed<Config>(() => ({ ...base.value, ...changes.value }));

/** The settings that matter as things are set. */
export const shown = computed(() =>
  controls.filter((control) => applies(control, config.value, controls)),
);

/** A run of what is chosen. */
export const chosenPlan = (): RunPlan => ({
  name: [preset.value.title, ...changesInWords()].join(', '),
  preset: preset.value.name,
  config: config.value,
});

/** Changes in a name; of more than these only how many. */
const mostNamed = 2;

/** What tells a run from others of its preset. */
function changesInWords(): string[] {
  const changed = shown.value.filter(({ name }) => changes.value[name] !== undefined);
  const more = changed.length - mostNamed;
  const named = changed
    .slice(0, mostNamed)
    .map(({ name, title }) => `${title.toLowerCase()} ${format(config.value[name])}`);
  return more > 0 ? [...named, `${more} more`] : named;
}

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
