/** How two runs differ, and whether that tells which of two ways to learn is better. */
import type { Config } from '../generated/config';
import { applies, format, sameValue, type Control, type Name } from '../settings/schema';
import type { RunSummary } from '../train/run';
import { count } from '../text';
import { titleOf } from '../train/split';

export interface Differences {
  /** What is compared: settings that mean something in both, and differ. */
  subjects: Control[];
  /** Each why the comparison is not fair, as a clause. */
  unfair: string[];
}

/** Settings that say what is learnt from, and how long: they should be the same. */
const conditions: readonly Name[] = [
  'dataset',
  'train_images',
  'validation_images',
  'inputs',
  'shift',
  'batch',
  'epochs',
  'seed',
];

/** A run that was asked less than this share of what the other was has not come as far. */
const nearly = 0.99;

/** Of two that learn at once, `together`, either may be ahead for a while. */
export function differencesOf(
  a: RunSummary,
  b: RunSummary,
  controls: Control[],
  together = false,
): Differences {
  const differing = controls.filter(
    (control) =>
      !sameValue(a.config[control.name], b.config[control.name]) &&
      [a, b].every(({ config }) => applies(control, config, controls)),
  );
  const isCondition = ({ name }: Control): boolean => conditions.includes(name);
  const subjects = differing.filter((control) => !isCondition(control));
  const unfair = differing.filter(isCondition).map((control) => clauseOf(control, a, b));
  if (subjects.length > 1) unfair.push(`they differ in ${inWords(subjects)}, all at once`);
  const far = ({ results }: RunSummary): number => results.at(-1)?.images ?? 0;
  const [less, more] = [Math.min(far(a), far(b)), Math.max(far(a), far(b))];
  if (!together && less < nearly * more) {
    unfair.push(`A has seen ${count(far(a))} images so far, B ${count(far(b))}`);
  }
  const judged = [a, b].map(({ results }) => results.findLast(({ full }) => full)?.split);
  if (judged[0] && judged[1] && judged[0] !== judged[1]) {
    unfair.push(`A is judged by ${titleOf(judged[0])} images, B by ${titleOf(judged[1])} images`);
  }
  return { subjects, unfair };
}

function clauseOf({ name, title }: Control, a: RunSummary, b: RunSummary): string {
  const values = [a, b].map(({ config }) => format(config[name]));
  return `${title.toLowerCase()} ${title.endsWith('s') ? 'are' : 'is'} ${values[0]} in A, ${values[1]} in B`;
}

/** "a", "a and b", "a, b and c". */
export function inWords(controls: Control[]): string {
  const titles = controls.map(({ title }) => title.toLowerCase());
  return titles.length < 2 ? titles.join() : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
}

/** The settings of A with the one that is compared, and what hangs on it, taken from B. */
export function fairTo(a: Config, b: Config, subject: Control, controls: Control[]): Config {
  const fair: Config = { ...a, [subject.name]: b[subject.name] };
  const own = controls.filter(
    (control) => applies(control, b, controls) && !applies(control, a, controls),
  );
  return Object.assign(fair, Object.fromEntries(own.map(({ name }) => [name, b[name]])));
}
