/** What images are called that a net does not learn from. */
import type { Judged } from '../engine/test-net';

export const titleOf = (split: Judged): string => (split === 'test' ? 'test' : 'validation');
