/**
 * Looks inside the nets that read drawings. What takes long goes on in slices, so that drawings are
 * read meanwhile.
 */
import type { Config } from '../generated/config';
import type { Engine, Session } from './builds';
import type { FetchSplit } from './data';
import type {
  BrokenDigit,
  Damage,
  ImageMap,
  InsideAnswers,
  InsideRequest,
  TestImage,
  UnitImages,
} from './inside-protocol';
import { Superseded, type Lab } from './lab';
import { MadeOfNet, type Identity } from './made-of-net';
import type { Judge, LabEvent } from './protocol';
import { digitOf, readPicture } from './read-picture';
import { testNet } from './test-net';

type Of<Type extends InsideRequest['type']> = Extract<InsideRequest, { type: Type }>;
type Handlers = {
  [Type in InsideRequest['type']]: (
    request: Of<Type>,
  ) => InsideAnswers[Type] | Promise<InsideAnswers[Type]>;
};

export interface Surroundings {
  engine: Engine;
  netOf: (judge: Judge) => Session;
  lab: Lab;
  fetchSplit: FetchSplit;
  turn: () => Promise<void>;
  now: () => number;
}

/** Of the test images one in so many is looked at. */
const indexStride = 4;
const mapStride = 10;
const brokenImages = 1000;

const configOf = (net: Session): Config => JSON.parse(net.config()) as Config;

const imageOf = (net: Session, index: number): TestImage => ({ index, ...net.image('test', index) });

export class Inspector {
  private readonly index: MadeOfNet<InstanceType<Engine['TestIndex']>>;
  private readonly map: MadeOfNet<InstanceType<Engine['TestMap']>>;
  /** Those that have test images, the lab's not among them. */
  private readonly supplied = new WeakSet<Session>();
  /** How often the lab's net was another, and how far it has learnt. */
  private readonly labs = { begun: 0, learnt: 0 };
  private newestBroken = 0;

  constructor(private readonly world: Surroundings) {
    const { engine, turn, now } = world;
    const around = { turn, now, identify: (judge: Judge) => this.identify(judge) };
    this.index = new MadeOfNet(around, indexStride, (net) => new engine.TestIndex(net));
    this.map = new MadeOfNet(around, mapStride, (net) => {
      return new engine.TestMap(net, configOf(net).layers.length - 1);
    });
  }

  /** What the lab says tells whether its net is still the same. */
  hear(event: LabEvent): void {
    if (event.type === 'begun') this.labs.begun += 1;
    if (event.type === 'progress') this.labs.learnt = event.progress.report?.step ?? 0;
  }

  readonly handlers: Handlers = {
    viewLayers: ({ judge, picture, labels }) => {
      const net = this.world.netOf(judge);
      const pixels = digitOf(net, picture);
      if (!pixels) return null;
      const layers = this.world.engine.viewLayers(net, pixels, labels);
      return { pixels, layers, dataset: configOf(net).dataset };
    },
    pixelMap: ({ judge, pixels, label, rival }) =>
      this.world.engine.pixelSlopes(this.world.netOf(judge), pixels, label, rival, -1),
    climb: ({ judge, pixels, label, layer, steps }) =>
      this.world.engine.climb(this.world.netOf(judge), pixels, label, layer, steps),
    unitPicture: ({ judge, pixels, label, layer, place }) =>
      this.world.engine.unitPicture(this.world.netOf(judge), pixels, label, layer, place),
    unitImages: (request) => this.unitImages(request),
    breakDigit: (request) => this.breakDigit(request),
    breakTest: (request) => this.breakTest(request),
    mapImages: ({ judge }) => this.mapImages(judge),
    findOnMap: ({ judge, pixels, neighbours }) =>
      this.map.present(judge)?.find(this.world.netOf(judge), pixels, neighbours) ?? null,
    testImage: async ({ judge, index }) => imageOf(await this.withTest(judge), index),
  };

  private identify(judge: Judge): Identity {
    const { begun, learnt } = judge === 'lab' ? this.labs : { begun: 0, learnt: 0 };
    return { net: this.world.netOf(judge), begun, learnt };
  }

  /** A judge's net, with the test images of its data set. */
  private async withTest(judge: Judge): Promise<Session> {
    const { lab, netOf, fetchSplit } = this.world;
    if (judge === 'lab') return (await lab.withTest()).net;
    const net = netOf(judge);
    if (this.supplied.has(net)) return net;
    const { dataset } = configOf(net);
    if (lab.hasTest(dataset)) net.shareData(lab.net);
    else {
      const { images, labels } = await fetchSplit(dataset, 'test');
      if (netOf(judge) !== net) throw new Superseded();
      net.loadData('test', images, labels);
    }
    this.supplied.add(net);
    return net;
  }

  private async unitImages({ judge, layer, place }: Of<'unitImages'>): Promise<UnitImages> {
    const net = await this.withTest(judge);
    const { images, means } = (await this.index.get(judge)).unit(layer, place);
    return {
      images: images.map(({ index }) => imageOf(net, index)),
      means,
      seen: this.index.seen,
    };
  }

  private async mapImages(judge: Judge): Promise<ImageMap> {
    const net = await this.withTest(judge);
    const places = (await this.map.get(judge)).places();
    const labels = Uint8Array.from({ length: places.length / 2 }, (_, image) => {
      return net.image('test', image * mapStride).label;
    });
    return { places, labels, stride: mapStride };
  }

  private damaged(net: Session, { noise, unitsOff, blackBox }: Damage, images: number): Session {
    return this.world.engine.damaged(net, unitsOff, blackBox ? 1 : 0, noise, images);
  }

  private breakDigit({ judge, pixels, damage }: Of<'breakDigit'>): BrokenDigit {
    const net = this.damaged(this.world.netOf(judge), damage, 0);
    try {
      const noisy = this.world.engine.withNoise(pixels, damage.noise);
      const reading = readPicture(judge, net, { kind: 'digit', pixels: noisy })!;
      return { pixels: noisy, reading };
    } finally {
      net.delete();
    }
  }

  private async breakTest({ judge, damage }: Of<'breakTest'>): Promise<InsideAnswers['breakTest']> {
    const request = ++this.newestBroken;
    const net = this.damaged(await this.withTest(judge), damage, brokenImages);
    const { now, turn } = this.world;
    try {
      const goOn = async (): Promise<boolean> => {
        await turn();
        return request === this.newestBroken;
      };
      const tested = await testNet(net, 'test', 1, { now, goOn });
      if (!tested) throw new Superseded();
      return { tested: tested.tested, errors: tested.errors };
    } finally {
      net.delete();
    }
  }
}
