/** The page's state in its address: the preset, the settings that differ from it, the build. */
import type { Config } from '../generated/config';
import { parse, format, sameValue, SettingError, type Control } from './schema';

export interface Preset {
  name: string;
  title: string;
  summary: string;
  /** A sentence on what to watch while it trains. */
  watch: string;
  /** Under which it stands. */
  group: string;
  /** A published test error, in per cent; "" where none is known. */
  published: string;
  config: Partial<Config>;
}

export interface UrlState {
  preset: string;
  changes: Partial<Config>;
}

/** Parameters that are not settings; each is read where it is used. */
const kept = ['engine', 'room'];
const otherParameters = ['preset', ...kept];

/** Reads an address's query. Each fault is one sentence; what it names is left at its default. */
export function fromUrl(
  query: string,
  presets: Preset[],
  controls: Control[],
): UrlState & { faults: string[] } {
  const parameters = new URLSearchParams(query);
  const faults: string[] = [];
  const known = presets.map(({ name }) => name);
  let preset = parameters.get('preset') ?? known[0]!;
  if (!known.includes(preset)) {
    faults.push(`This address asks for a preset that does not exist; ${known[0]} is used.`);
    preset = known[0]!;
  }
  const changes: Record<string, unknown> = {};
  for (const [name, text] of parameters) {
    if (otherParameters.includes(name)) continue;
    const control = controls.find((candidate) => candidate.name === name);
    try {
      if (control) changes[name] = parse(control, text);
      else
        faults.push(
          `This address has “${name.slice(0, 40)}”, which is no setting; it is left out.`,
        );
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      faults.push(`From this address: ${error.message} Its default is used.`);
    }
  }
  return { preset, changes, faults };
}

/** The query for a state, other parameters kept; "" when everything is as the page opens. */
export function toUrl(
  query: string,
  state: UrlState,
  presets: Preset[],
  controls: Control[],
): string {
  const parameters = new URLSearchParams();
  if (state.preset !== presets[0]!.name) parameters.set('preset', state.preset);
  for (const control of controls) {
    const value = state.changes[control.name];
    if (value !== undefined) {
      parameters.set(control.name, format(value).replaceAll(', ', ','));
    }
  }
  const present = new URLSearchParams(query);
  for (const name of kept) {
    const value = present.get(name);
    if (value !== null) parameters.set(name, value);
  }
  const text = parameters.toString().replaceAll('%2C', ',');
  return text && `?${text}`;
}

/** The settings in `config` that differ from `base`. */
export function changesFrom(base: Config, config: Config, controls: Control[]): Partial<Config> {
  const changed = controls.filter(({ name }) => !sameValue(base[name], config[name]));
  return Object.fromEntries(changed.map(({ name }) => [name, config[name]]));
}
