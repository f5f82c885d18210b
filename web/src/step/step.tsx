/** One training step on the picture that the page shows, told with the figures of the net that reads. */
import { useEffect, useRef } from 'preact/hooks';
import { isExample } from '../draw/pad-state';
import { pretrainedFields } from '../engine/connection';
import { optional } from '../optional';
import { nameOf, shownLabels } from '../read/labels';
import { judge, readBy } from '../read/reading';
import { Frames } from './frames';
import { inView, isKnown, story, tellLabel, type Told } from './story';
import { whyNoStory } from './words';
import './step.css';

export function OneStep() {
  const section = useRef<HTMLElement>(null);
  useEffect(() => watch(section.current!), []);
  const told = story.value;
  return (
    <section id="step" ref={section} aria-labelledby="step-title">
      <h2 id="step-title">One step, on {(told?.asked.ofExample ?? isExample.value) ? 'an example' : 'your digit'}</h2>
      <p class="lede">
        Nothing here waits for anything above it. Press “Do it”: the step is made on a copy of the
        net.
      </p>
      {told ? <Whole story={told} /> : <p class="small">It is told as soon as a net has read a digit.</p>}
    </section>
  );
}

function Whole({ story }: { story: Told }) {
  const why = whyNoStory(story);
  if (why) {
    return (
      <p class="row">
        {why}
        {pretrainedFields.value && judge.value !== 'pretrained' && (
          <button type="button" onClick={() => readBy('pretrained')}>
            Ask the pre-trained net
          </button>
        )}
      </p>
    );
  }
  const known = isKnown(story);
  return (
    <>
      {story.asked.asksLabel && <WhatIsIt story={story} known={known} />}
      <Frames story={story} known={known} />
    </>
  );
}

/** The page never takes a guess for the truth. */
function WhatIsIt({ story: { reading, label: real, guess }, known }: { story: Told; known: boolean }) {
  return (
    <div class="what-is-it row" role="group" aria-labelledby="what-is-it">
      <span id="what-is-it">
        {known
          ? `You say that this is a ${nameOf(real, reading)}.`
          : `What is it? The net guesses ${nameOf(guess, reading)}.`}
      </span>
      {shownLabels(reading.scores[0]!.values).map((label) => (
        <button
          key={label}
          type="button"
          class={label === guess ? 'guess' : ''}
          aria-pressed={known && label === real}
          onClick={() => tellLabel(label)}
        >
          {nameOf(label, reading)}
          {label === guess && <span class="unseen">, the net’s guess</span>}
        </button>
      ))}
    </div>
  );
}

/** Sees to it that the story is told only where somebody could see it. */
function watch(section: HTMLElement): () => void {
  const near = '200px';
  const observer = optional(
    () =>
      new IntersectionObserver((entries) => (inView.value = entries.at(-1)!.isIntersecting), {
        rootMargin: near,
      }),
  );
  if (observer) observer.observe(section);
  else inView.value = true;
  return () => observer?.disconnect();
}
