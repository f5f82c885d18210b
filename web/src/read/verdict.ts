/** What a reading comes to, in words. */
import type { Reading } from '../engine/protocol';
import { capitalised } from '../text';
import { barsOf, goodnessText } from './bars';
import { inWords, kindOf, nameOf } from './labels';

export interface Verdict {
  /** 'answer' where nobody knows how sure the net is. */
  kind: 'clear' | 'perhaps' | 'none' | 'answer';
  /** What its best label is called. */
  name: string;
  /** How sure it is of that; empty where nobody knows. */
  words: string;
  /** How far its best label leads; empty where it has no goodness. */
  lead: string;
  /** Of a test image: whether the label is its true one. */
  right: boolean | null;
}

/** `truth`: what the true label is called; null where nobody knows. */
export function verdictOf(reading: Reading, truth: string | null): Verdict {
  const { classes, label, doubt } = reading;
  const name = nameOf(label, reading);
  const kind = doubt?.verdict ?? 'answer';
  const words = {
    clear: 'clearly',
    perhaps: doubt ? `perhaps ${name}, perhaps ${nameOf(doubt.rival, reading)}` : '',
    none: `none of the ${inWords(classes.length)}`,
    answer: '',
  }[kind];
  const right = truth === null ? null : name === truth && kind !== 'none';
  return { kind, name, words, lead: leadText(reading), right };
}

function leadText(reading: Reading): string {
  const { classes, doubt } = reading;
  const lead = doubt?.lead ?? barsOf(reading).lead?.goodness;
  if (lead === undefined) return '';
  if (doubt?.verdict === 'none' && doubt.score < doubt.usualScore) {
    const usual = `real ${kindOf(classes)}s have ${goodnessText(doubt.usualScore)} or more`;
    return `Its best label has goodness ${goodnessText(doubt.score)}; ${usual}.`;
  }
  const leads = `${doubt?.verdict === 'none' ? 'Its best label leads' : 'Leads'} by ${goodnessText(lead)}`;
  if (!doubt) return `${leads}.`;
  return `${leads}; real ${kindOf(classes)}s lead by ${goodnessText(doubt.usual)} or more.`;
}

/** Whether the answer is a good one, as far as anybody knows: what is green. */
export const holds = ({ kind, right }: Verdict): boolean =>
  right ?? (kind === 'clear' || kind === 'answer');

/** For a person who does not see the page. */
export function spoken({ kind, name, words, right }: Verdict, truth: string | null): string {
  const answer = {
    clear: `Clearly ${name}.`,
    perhaps: `${capitalised(words)}.`,
    none: `${capitalised(words)}.`,
    answer: `It says ${name}.`,
  }[kind];
  return right === null ? answer : `${answer} ${right ? 'Right' : 'Wrong'}: it is labelled ${truth}.`;
}
