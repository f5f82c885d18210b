// A fault whose message is meant for the person at the terminal: shown as it is, without a stack.
export class Failure extends Error {}

/** Runs a command's main function; any fault ends the process with one message and status 1. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Failure ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
