/** Parts of the page whose code is fetched when the first screen is of use, or cannot be. */
import { effect, signal, useSignal, useSignalEffect } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { engineState, pretrainedSettled } from './engine/connection';
import { say } from './status/status';

/** So long what is in view has the machine and the line to itself. */
const wait = 150; // milliseconds

const isTime = signal(false);
effect(() => {
  const settled = pretrainedSettled.value || engineState.value === 'broken';
  if (settled && !isTime.peek()) setTimeout(() => (isTime.value = true), wait);
});

/** The part; until it has come a window's height in its place, so that nothing in view moves then. */
export function later(load: () => Promise<FunctionComponent>): FunctionComponent {
  return function Later() {
    const part = useSignal<FunctionComponent | null>(null);
    useSignalEffect(() => {
      if (!isTime.value || part.peek()) return;
      load().then(
        (loaded) => (part.value = loaded),
        () =>
          say('fault', 'A part of this page could not be fetched; loading the page again helps.', {
            title: 'Load the page again',
            run: () => location.reload(),
          }),
      );
    });
    const Part = part.value;
    useLayoutEffect(() => {
      // What the address names may have come just now.
      const wanted = Part && scrollY === 0 && document.getElementById(location.hash.slice(1));
      if (wanted) wanted.scrollIntoView({ behavior: 'instant' });
    }, [Part]);
    return Part ? <Part /> : <div class="later" />;
  };
}
