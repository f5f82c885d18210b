/** Which classes a unit is for and against, in words. */

/** Classes that light a unit much more, or much less, than the mean class does: three at most. */
export function sidesOf(means: ArrayLike<number>): { speaksFor: number[]; against: number[] } {
  const [muchMore, muchLess, most] = [1.5, 0.5, 3];
  const all = Array.from(means, (mean, label) => ({ mean, label }));
  const middle = all.reduce((sum, { mean }) => sum + mean, 0) / all.length;
  const ranked = all.sort((a, b) => b.mean - a.mean || a.label - b.label);
  const labels = (some: typeof all): number[] => some.slice(0, most).map(({ label }) => label);
  return {
    speaksFor: labels(ranked.filter(({ mean }) => mean > muchMore * middle)),
    against: labels(ranked.filter(({ mean }) => mean < muchLess * middle).reverse()),
  };
}

/** "3", "3 and 8", "3, 5 and 8". */
export const listed = (names: string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
