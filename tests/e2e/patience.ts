/**
 * How long a test waits for what the page must come to, in milliseconds. Other suites share the machine's
 * two cores, and another machine is a third as fast: a good page is told by what it comes to, never by when.
 */
export const patience = 90_000;
