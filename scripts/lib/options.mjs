// Command lines of `npm run SCRIPT -- OPTIONS`.
import { parseArgs } from 'node:util';
import { Failure } from './failure.mjs';

/** The values of options described as for parseArgs; what it does not know is refused. */
export function readOptions(script, options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Failure(`${error.message.split('. ')[0]}; see npm run ${script} -- --help.`);
  }
}
