/** Seven frames side by side: each a picture, a few words and a figure of the net that reads. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { engineState } from '../engine/connection';
import type { LayerStep } from '../engine/one-step';
import { count } from '../text';
import { runState, train } from '../train/labs';
import {
  beforeTexts,
  changeTexts,
  degrees,
  inkOf,
  leadOf,
  leadText,
  strengthText,
  type Side,
} from './figures';
import { formulas } from './formulas';
import { Answers, Chain, Directions, Labelled, Moved, Plain, sideName } from './pictures';
import { done, fresh } from './story';
import { wordsOf, type Telling } from './words';

export function Frames({ story, known }: Omit<Telling, 'done' | 'boxed'>) {
  const [chosen, setBoxed] = useState<boolean | null>(null);
  const boxed = chosen ?? story.config.black_box === 1;
  const list = useRef<HTMLOListElement>(null);
  const [current, setCurrent] = useState(0);
  const telling: Telling = { story, known, boxed, done: done.value };
  const words = wordsOf(telling);
  const contents = contentsOf(telling, setBoxed);
  const go = (step: 1 | -1): void => {
    const to = Math.min(contents.length - 1, Math.max(0, current + step));
    setCurrent(to);
    (list.current!.children[to] as HTMLElement).focus();
  };
  return (
    <>
      <div class="turn row">
        <Teller />
        <span class="gap" />
        <Pages current={current} count={contents.length} go={go} />
      </div>
      <ol
        class="frames"
        role="list"
        ref={list}
        onKeyDown={({ key }) => {
          if (key === 'ArrowRight') go(1);
          if (key === 'ArrowLeft') go(-1);
        }}
      >
        {contents.map(({ picture, figure, act }, place) => (
          <li
            key={place}
            class="card frame"
            tabIndex={place === current ? 0 : -1}
            aria-current={place === current ? 'step' : undefined}
            onFocus={() => setCurrent(place)}
          >
            <span class="small number">{place + 1}</span>
            <div class="picture">{picture}</div>
            <h3>{words[place]!.title}</h3>
            <p class="small">{words[place]!.text}</p>
            {figure && <p class="figure">{figure}</p>}
            {act}
            <details>
              <summary>Formula</summary>
              <div class="small">{formulas[place]!(story)}</div>
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Whose step it is. */
function Teller() {
  const choices = [
    { title: 'The net that reads', isFresh: false },
    { title: 'A fresh net', isFresh: true },
  ];
  return (
    <>
      {choices.map(({ title, isFresh }) => (
        <button
          key={title}
          type="button"
          aria-pressed={fresh.value === isFresh}
          onClick={() => (fresh.value = isFresh)}
        >
          {title}
        </button>
      ))}
    </>
  );
}

interface PagesProps {
  current: number;
  count: number;
  go: (step: 1 | -1) => void;
}

function Pages({ current, count, go }: PagesProps) {
  const turn = (step: 1 | -1, name: string, sign: string) => (
    <button
      type="button"
      aria-label={name}
      disabled={current === (step === 1 ? count - 1 : 0)}
      onClick={() => go(step)}
    >
      {sign}
    </button>
  );
  return (
    <span class="pages">
      {turn(-1, 'Previous frame', '‹')}
      <span class="small">
        {current + 1} of {count}
      </span>
      {turn(1, 'Next frame', '›')}
    </span>
  );
}

interface Content {
  picture: ComponentChildren;
  figure?: ComponentChildren;
  act?: ComponentChildren;
}

function contentsOf({ story, boxed, done: made }: Telling, setBoxed: (boxed: boolean) => void): Content[] {
  const [first, second] = story.step!.layers as [LayerStep, LayerStep?];
  return [
    { picture: <Plain story={story} />, figure: `${count(inkOf(story))} with ink` },
    { picture: <Labelled story={story} side="positive" />, figure: strengthText(story) },
    { picture: <Labelled story={story} side="negative" />, figure: leadText(leadOf(story)) },
    {
      picture: <Answers {...first} />,
      figure: <Both texts={beforeTexts(first)} />,
    },
    {
      picture: made ? <Moved story={story} /> : <Plain story={story} />,
      figure: made && <Both texts={changeTexts(first)} />,
      act: !made && (
        <button type="button" class="primary" onClick={() => (done.value = true)}>
          Do it
        </button>
      ),
    },
    { picture: <Directions {...first} />, figure: degrees(first.angle) },
    {
      picture: <Chain layers={story.step!.layers.length} boxed={boxed} />,
      figure: second && <Both texts={made ? changeTexts(second) : beforeTexts(second)} />,
      act: <Last boxed={boxed} setBoxed={setBoxed} own={story.config.black_box} />,
    },
  ];
}

/** A figure of the real pair, and one of the false. */
function Both({ texts }: { texts: Record<Side, string> }) {
  return (
    <>
      {(['positive', 'negative'] as const).map((side) => (
        <span key={side} class={side}>
          <span class="unseen">{sideName[side]} </span>
          {texts[side]}
        </span>
      ))}
    </>
  );
}

interface LastProps {
  boxed: boolean;
  setBoxed: (boxed: boolean) => void;
  /** After which layer the net itself has one; 0 for none. */
  own: number;
}

function Last({ boxed, setBoxed, own }: LastProps) {
  const idle = engineState.value === 'ready' && runState.value !== 'running';
  return (
    <>
      <label class="small box-choice">
        <input type="checkbox" checked={boxed} onChange={(event) => setBoxed(event.currentTarget.checked)} />
        Black box between the layers
      </label>
      {own > 0 && <p class="small">This net has one, after layer {own}.</p>}
      <button type="button" class="primary" disabled={!idle} onClick={() => void trainThere()}>
        Do this 60,000 times
      </button>
    </>
  );
}

/** Where one can see it. */
async function trainThere(): Promise<void> {
  document.getElementById('train')?.scrollIntoView();
  await train();
}
