/** The page's end of the Worker. */
import { whyNot } from './page-files';
import type { Answers, Event, FromWorker, Request } from './protocol';
import { RefusedError } from './refused';
import workerUrl from './worker.ts?worker&url';

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
}

/** A request came to nothing because the person gave it up, or asked for something else. */
export class GivenUp extends Error {}

export class Client {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;

  /** `onBreak` is told when the engine itself fails; `start` begins again. */
  constructor(
    private readonly onEvent: (event: Event) => void,
    private readonly onBreak: (reason: RefusedError) => void,
  ) {}

  /** Starts the Worker; one that is there already is ended, its nets with it. */
  start(): void {
    this.stop();
    try {
      this.worker = new Worker(workerUrl, { type: 'module' });
    } catch {
      this.onBreak(new RefusedError('this browser lets this page have no Worker.', null));
      return;
    }
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.stop();
      void this.explainBreak(event.message);
    };
  }

  ask<Type extends Request['type']>(
    request: Extract<Request, { type: Type }>,
  ): Promise<Answers[Type]> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      if (this.worker) this.worker.postMessage({ ...request, id });
      else this.giveUp();
    });
  }

  /** `message`: what the Worker did not catch; empty where it could not even be loaded. */
  private async explainBreak(message: string): Promise<void> {
    if (message) {
      console.error(message);
      this.onBreak(new RefusedError('it met what it has no words for.'));
    } else {
      const url = new URL(workerUrl, document.baseURI).href;
      this.onBreak(await whyNot([url], new Error('its Worker could not be loaded.')));
    }
  }

  private stop(): void {
    this.worker?.terminate();
    this.worker = null;
    this.giveUp();
  }

  private giveUp(): void {
    for (const { reject } of this.waiting.values()) reject(new GivenUp());
    this.waiting.clear();
  }

  private receive(message: FromWorker): void {
    if (message.type !== 'answered' && message.type !== 'refused') {
      this.onEvent(message);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.type === 'answered') waiting?.resolve(message.value);
    else {
      waiting?.reject(message.message === null ? new GivenUp() : new RefusedError(message.message, message.remedy));
    }
  }
}
