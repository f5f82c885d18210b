/** Runs that are kept: they outlast Reset, and the page. */
import { effect, signal } from '@preact/signals';
import { client, engineState, listen } from '../engine/connection';
import type { RunRecord } from '../engine/protocol';
import { mostRuns } from '../engine/run-store';
import { optional } from '../optional';
import { readBy, readByUnlessSaid } from '../read/reading';
import { completed } from '../settings/settings';
import { attempt, say } from '../status/status';
import { count } from '../text';
import { own } from './labs';

/** Those that the Worker still has, the newest first. */
export const kept = signal<RunRecord[]>([]);

/** Where this tab notes which run it holds. */
const key = 'run';

/** Whether the run that this tab held has been taken up, if there was one. */
const settled = signal(false);

/** Takes up the run that this tab held when the page was loaded once more. */
export function keepRuns(): void {
  let listed = false;
  effect(() => {
    if (engineState.value === 'broken') listed = settled.value = false;
    if (engineState.value !== 'ready' || listed) return;
    listed = true;
    void list();
  });
  effect(() => {
    const { id, hasBegun } = own.value;
    if (hasBegun.value) optional(() => sessionStorage.setItem(key, id));
    else if (settled.value) optional(() => sessionStorage.removeItem(key));
  });
  listen((event) => {
    if (event.type === 'runKept') {
      const others = kept.value.filter(({ id }) => id !== event.run.id);
      kept.value = [event.run, ...others].slice(0, mostRuns);
    }
    if (event.type === 'runLost') say('note', event.message);
  });
}

/** Where the browser keeps nothing there are none, which is said when one should be kept. */
async function list(): Promise<void> {
  kept.value = (await client.ask({ type: 'runs' }).catch(() => [])).map(completed<RunRecord>);
  const last = optional(() => sessionStorage.getItem(key));
  const here = kept.value.find(({ id }) => id === last);
  if (!here) offer();
  else if (await takeUp(here, true)) readByUnlessSaid('lab');
  settled.value = engineState.value === 'ready';
}

/** A run that was under way when its tab was closed, or died. */
function offer(): void {
  const [newest] = kept.value;
  if (newest?.progress.state !== 'running') return;
  const images = count(newest.progress.report?.images ?? 0);
  say('note', `${newest.name} was under way when its page closed, after ${images} images.`, {
    title: 'Take it up',
    run: () => void restore(newest),
  });
}

/** Puts a kept run into the lab, where it stood; the one that is there is kept. */
export async function restore(run: Pick<RunRecord, 'id'>): Promise<void> {
  if (await takeUp(run, false)) readBy('lab');
}

const takeUp = ({ id }: Pick<RunRecord, 'id'>, byItself: boolean): Promise<boolean> =>
  attempt(() => client.ask({ type: 'restore', run: id, byItself }));

export async function forget({ id }: RunRecord): Promise<void> {
  const done = await attempt(() => client.ask({ type: 'forget', run: id }));
  if (done) kept.value = kept.value.filter((run) => run.id !== id);
}
