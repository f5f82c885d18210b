/** What the page is told of a run, and how often: figures, and what takes longer to draw. */
import type { Session } from './builds';
import { fieldsShown, hybridsShown, type LabEvent, type Progress } from './protocol';

const progressEvery = 200; // milliseconds
const picturesEvery = 1000; // milliseconds

interface World {
  now: () => number;
  post: (event: LabEvent) => void;
}

export class RunTeller {
  private told = { progress: -Infinity, pictures: -Infinity };

  constructor(private readonly world: World) {}

  isDue(): boolean {
    return this.world.now() - this.told.progress >= progressEvery;
  }

  /** Pictures of a net at rest each time, of one that learns now and then. */
  tell(progress: Progress, net: Session): void {
    const { now, post } = this.world;
    this.told.progress = now();
    post({ type: 'progress', progress });
    if (progress.state === 'running' && now() - this.told.pictures < picturesEvery) return;
    this.told.pictures = now();
    post({ type: 'receptiveFields', weights: net.receptiveFields(fieldsShown) });
    const hybrids = net.hybrids(hybridsShown);
    if (hybrids.images.length > 0) post({ type: 'hybrids', hybrids });
  }
}
