/** Does one thing at a time, and then the newest of what was wanted meanwhile. */
import { attempt } from './status/status';

export function newestOnly<Wanted extends object>(
  work: (wanted: Wanted) => Promise<unknown>,
): (wanted: Wanted) => void {
  let next: Wanted | null = null;
  let busy = false;
  const go = async (): Promise<void> => {
    busy = true;
    while (next) {
      const now = next;
      next = null;
      await attempt(() => work(now));
    }
    busy = false;
  };
  return (wanted) => {
    next = wanted;
    if (!busy) void go();
  };
}
