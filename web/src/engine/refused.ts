/** What may help where something came to nothing: to try again, to load the page again, or nothing. */
export type Remedy = 'again' | 'reload' | null;

/** Something was refused; the message is one sentence for the person at the page. */
export class RefusedError extends Error {
  constructor(
    message: string,
    readonly remedy: Remedy = 'again',
  ) {
    super(message);
  }
}
