/** Browsers' own exceptions, by name, as sentences. */
const sentences: Record<string, string> = {
  // Of an array, or of WebAssembly's memory, that is larger than can be had.
  RangeError:
    'There is not enough memory for this; smaller layers or batches need less, and closed tabs give some back.',
  RuntimeError: 'The engine broke off in the middle of its work.',
  NotFoundError: 'The file cannot be read; is it still there?',
  NotReadableError: 'The file cannot be read; is it still there, and yours to read?',
};

/** Any exception as a sentence for a person: ours are sentences already. */
export function explain(error: unknown): string {
  if (error instanceof Error && error.name === 'Error') return error.message;
  console.error(error); // for whoever looks closer
  const sentence = error instanceof Error ? sentences[error.name] : undefined;
  return sentence ?? 'Something went wrong that this page has no words for; please load it again.';
}
