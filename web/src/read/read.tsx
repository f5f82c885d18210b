/** The first place: draw, and see how the net reads it. */
import { Pad } from '../draw/pad';
import { inRoom } from '../room/room';
import { ErrorChart } from '../train/error-chart';
import { own } from '../train/labs';
import { Answer } from './answer';
import { Judges } from './judges';
import { Spoken } from './spoken';
import { Trials } from './trials';
import './read.css';
import './trials.css';
import './screens.css';

export function Read() {
  return (
    <section id="draw" class="card read" aria-label="Read">
      <Pad />
      <Answer />
      <Trials />
      <Judges />
      {inRoom.value && <ErrorChart run={own.value} />}
      <Spoken />
    </section>
  );
}
