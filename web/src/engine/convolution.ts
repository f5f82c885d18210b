/** A small convolutional net that reads, too: fetched when somebody asks for it. */
import { effect, signal } from '@preact/signals';
import { attempt } from '../status/status';
import { client, engineState } from './connection';

/** What is known of it before it is there. */
export const { test_error: convolutionError, bytes: convolutionBytes } = convolutionFile;

export const convolutionState = signal<'unasked' | 'fetching' | 'ready'>('unasked');

// An engine that starts again has to be given it again.
effect(() => {
  if (engineState.value !== 'ready') convolutionState.value = 'unasked';
});

/** Resolves to whether it is there; where it is not, `again` is offered. */
export async function fetchConvolution(again: () => void): Promise<boolean> {
  if (convolutionState.peek() === 'ready') return true;
  convolutionState.value = 'fetching';
  const url = new URL(convolutionFile.model, document.baseURI).href;
  const opened = await attempt(() => client.ask({ type: 'openModel', shelf: 'convolution', url }), {
    title: 'Try again',
    run: again,
  });
  convolutionState.value = opened ? 'ready' : 'unasked';
  return opened;
}
