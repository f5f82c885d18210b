/** Two runs as text: their tests as a table, and the commands that train them elsewhere. */
import { presets } from '../settings/settings';
import { applies, defaults, sameValue, type Control, type Value } from '../settings/schema';
import type { RunSummary } from '../train/run';

const columns = ['run', 'images', 'seconds', 'judged_on', 'tested', 'errors'] as const;

/** A row a test; names are quoted, for they may hold commas. */
export function csvOf(runs: RunSummary[]): string {
  const rows = runs.flatMap(({ name, results }) =>
    results.map(({ images, elapsed, split, tested, errors }) =>
      [`"${name.replaceAll('"', '""')}"`, images, elapsed.toFixed(2), split, tested, errors].join(),
    ),
  );
  return `${[columns.join(), ...rows].join('\n')}\n`;
}

/** What trains such a net on the command line: its preset, and what differs from it. */
export function commandOf({ preset, config }: RunSummary, controls: Control[]): string {
  const fields = presets.find(({ name }) => name === preset)?.config ?? {};
  const base = { ...defaults(controls), ...fields };
  const options = controls
    .filter((control) => applies(control, config, controls))
    .filter(({ name }) => !sameValue(config[name], base[name]))
    .map(({ name }) => `--${name.replaceAll('_', '-')} ${shellWord(config[name])}`);
  return ['npm run ff -- train', `--preset ${preset}`, ...options].join(' ');
}

function shellWord(value: Value): string {
  const text = Array.isArray(value) ? value.join(',') : String(value);
  return /[^\w.,-]/.test(text) ? `'${text}'` : text;
}
