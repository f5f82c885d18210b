/** What each frame says. No frame has more than 25 words, and all of them no more than 175. */
import type { Story } from '../engine/one-step';
import schema from '../generated/schema.json';
import { nameOf } from '../read/labels';
import { count } from '../text';
import { changeWords, inTopRow } from './figures';

export interface Words {
  title: string;
  text: string;
}

export interface Telling {
  story: Story;
  /** Whether somebody has vouched for the label; if not, it is the net's guess. */
  known: boolean;
  /** Whether the step has been made. */
  done: boolean;
  /** Whether a black box is drawn between the layers. */
  boxed: boolean;
}

/** What the settings call this net's goodness, such as "mean of squares". */
const goodnessName = ({ config }: Story): string =>
  schema.properties.goodness['x-choices'][config.goodness].toLowerCase();

export function wordsOf(telling: Telling): Words[] {
  const { story, known } = telling;
  const { reading, label, rival, config, step } = story;
  const [real, wrong] = [nameOf(label, reading), nameOf(rival, reading)];
  const place = inTopRow(story) ? 'into its top row' : 'into the picture';
  const [first] = step!.layers;
  const minus = config.polarity === 'low' ? 'minus ' : '';
  return [
    { title: 'The picture', text: '28 × 28 pixels, as the net is given them.' },
    {
      title: known ? 'Real' : `Real, if it is a ${real}`,
      text: known ? `Its label, ${real}, is written ${place}.` : `The net’s guess, ${real}, is written ${place}.`,
    },
    { title: 'False', text: `The same with the wrong label it is most tempted by: ${wrong}.` },
    {
      title: 'Layer 1 answers',
      text: `Its goodness: ${minus}the ${goodnessName(story)} of ${count(first!.units)} activities.`,
    },
    stepWords(telling),
    { title: 'Only direction goes on', text: 'Length, the layer’s verdict, is taken away. The two directions differ by:' },
    nextWords(telling),
  ];
}

function stepWords({ story, done }: Telling): Words {
  const title = 'One step';
  const { layers, moves } = story.step!;
  if (!done) return { title, text: 'On a copy: the real pair should get more goodness, the false one less.' };
  const marked = moves.length > 0 ? ` Marked: the ${moves.length} most moved weights.` : '';
  return { title, text: changeWords(layers[0]!) + marked };
}

function nextWords({ story, boxed }: Telling): Words {
  if (story.step!.layers.length === 1)
    return { title: 'No layer waits', text: 'This net has one layer. A second would not wait for it.' };
  return {
    title: 'Layer 2 does not wait',
    text: boxed
      ? 'Backprop’s chain breaks at the box. Here nothing comes back, so nothing breaks.'
      : 'It takes its own step at once. No error comes back, ever.',
  };
}

/** Why a net has no such story; null for one that has. */
export function whyNoStory({ step, config }: Story): string | null {
  if (step) return null;
  if (config.negatives === 'hybrid' && config.rule === 'forward_forward')
    return 'This net learns without labels: its real is a whole digit, its false a mixture of two.';
  if (config.rule === 'class_goodness')
    return 'This net has no false pairs: each layer learns a goodness for every label at once.';
  if (config.rule === 'backprop_pairwise')
    return 'This net judges its pairs once, at its end, and sends the error back through all layers.';
  return 'This net has no real and false pairs: it learns from the error of a softmax.';
}
