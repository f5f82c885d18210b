/** How wide an element's content is, in CSS pixels, as the page is resized. */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { optional } from './optional';

const before = 460; // a fair guess until it has been measured

export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(before);
  useEffect(() => {
    // What changes the layout waits for the next frame, or the browser reports a loop.
    const observer = optional(
      () =>
        new ResizeObserver(([entry]) =>
          requestAnimationFrame(() => setWidth(entry!.contentRect.width)),
        ),
    );
    observer?.observe(element.current!);
    return () => observer?.disconnect();
  }, [element]);
  return width;
}
