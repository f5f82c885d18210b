/**
 * What a browser may lack or forbid to a page, such as storage in a frame of another site: undefined
 * then, so that the page does without.
 */
export function optional<Value>(use: () => Value): Value | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
