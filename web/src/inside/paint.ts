/** What the pictures that are painted, not made of elements, have in common. */

/** Colours and fonts as an element's style now has them: to ask for them takes longer than to paint. */
export function styleOf<Name extends string>(
  element: Element,
  names: readonly Name[],
): Record<Name, string> {
  const style = getComputedStyle(element);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)])) as Record<
    Name,
    string
  >;
}

/** A canvas of that many CSS pixels, blank, to paint on in these; null where the browser has none. */
export function blank(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const context = canvas.getContext('2d');
  const sharp = window.devicePixelRatio || 1;
  [canvas.width, canvas.height] = [width * sharp, height * sharp];
  context?.scale(sharp, sharp);
  return context;
}
