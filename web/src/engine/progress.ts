/** A run as it begins, and where it stands. */
import type { NetSession } from './net-session';
import type { Progress, RunPlan, RunState } from './protocol';
import type { RunClock } from './run-clock';

export const newRun = ({ name, preset }: Omit<RunPlan, 'config'>) => ({
  id: Math.random().toString(36).slice(2),
  name,
  preset,
});

/** `kept`: where a run stood that came back without its data. */
export function progressOf(
  session: NetSession,
  state: RunState,
  clock: RunClock,
  kept: Progress | null,
): Progress {
  const hasData = session.has('train');
  if (kept) return { ...kept, state, hasData };
  const speed = { state, hasData, rate: clock.rate, elapsed: clock.elapsed };
  if (!hasData) return { ...speed, left: null, report: null };
  const report = session.net.report();
  const total = report.step > 0 ? (report.images / report.step) * report.steps : 0;
  return { ...speed, left: clock.left(report.images, total), report };
}

/** Throws where a layer has died. */
export function refuseSilence({ report }: Progress): void {
  const silent = report?.layers.findIndex((layer) => layer.silent) ?? -1;
  if (silent < 0) return;
  throw new Error(
    `Layer ${silent + 1} is silent for every image: the learning rate is too high.`,
  );
}
