/** What the acts need of a browser, whatever drives it. */

export type Place = [x: number, y: number];

export interface Size {
  width: number;
  height: number;
}

/** A browser with one page. */
export interface Browser {
  /** What an expression of JavaScript comes to in the page, as JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Puts the mouse down at the first place, moves through the others and lifts it; pixels. */
  stroke(places: Place[]): Promise<void>;
  /** Gives a file to the file input of that CSS selector. */
  upload(selector: string, path: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a page of that size; what it saves comes into the folder `downloads`. */
export type Open = (address: string, size: Size, downloads: string) => Promise<Browser>;

/** Runs a function in the page; it knows nothing but its arguments, which are JSON as its result. */
export const inPage = <Result, Given extends unknown[]>(
  browser: Browser,
  work: (...given: Given) => Result,
  ...given: Given
): Promise<Result> =>
  browser.evaluate(`(${String(work)})(...${JSON.stringify(given)})`) as Promise<Result>;
