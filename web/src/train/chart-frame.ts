/** Where the curve of mistakes lies in its chart. */
import type { Frame } from './curve';

const margin = { left: 46, top: 14, right: 14, bottom: 42 };

/** Drawn at the size that it is shown, so that its type is as large as the page's. */
export const frameOf = (width: number, height: number): Frame => ({
  left: margin.left,
  top: margin.top,
  width: Math.max(1, width - margin.left - margin.right),
  height: height - margin.top - margin.bottom,
});
