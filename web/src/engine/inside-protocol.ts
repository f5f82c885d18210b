/** What page and Worker say to each other when someone looks inside a net. Layers count from 0. */
import type { Engine } from './builds';
import type { Judge, Picture, Reading } from './protocol';

/**
 * A layer while one picture is shown under some labels, of `units` those at `places`, spread evenly
 * where there are many: how active each is, and what it adds to the layer's goodness, [labels x
 * places]; goodness [labels] of the whole layer. Where all places have the same weights, `maps` has
 * the activity with the first label, [units at a place x down x across]; else it is empty.
 */
export type LayerView = ReturnType<Engine['viewLayers']>[number];

/** A picture as the net gets to see it, and what every layer makes of it. */
export interface View {
  pixels: Uint8Array;
  layers: LayerView[];
  /** Named as the net's config has it. */
  dataset: string;
}

export interface TestImage {
  index: number;
  label: number;
  /** [28 x 28], 0 background. */
  pixels: Uint8Array;
}

/** What lights a unit, over test images each shown with its true label. */
export interface UnitImages {
  /** Those that light it most, the brightest first. */
  images: TestImage[];
  /** [classes] its mean activity. */
  means: Float32Array;
  /** Images looked at. */
  seen: number;
}

/** What is done to a net and to what it sees. */
export interface Damage {
  /** Standard deviation of what is added to each pixel, white being 1. */
  noise: number;
  /** Share of every layer's units. */
  unitsOff: number;
  /** Between layers 1 and 2. */
  blackBox: boolean;
}

/** A digit with its noise, and what a damaged net reads in it. */
export interface BrokenDigit {
  pixels: Uint8Array;
  reading: Reading;
}

/** Test images by the direction of a layer, shown without any label in particular. */
export interface ImageMap {
  /** [images x 2] along the principal axes. */
  places: Float32Array;
  labels: Uint8Array;
  /** Of every so many test images one is here. */
  stride: number;
}

/** A picture on the map: its place [2], and the map's images that point the layer most nearly as it does. */
export type OnMap = ReturnType<InstanceType<Engine['TestMap']>['find']>;

export type InsideRequest =
  /** Answered with null when the picture is blank. */
  | { type: 'viewLayers'; judge: Judge; picture: Picture; labels: number[] }
  /**
   * What a little more ink at each pixel adds to the goodness of a label, of all layers that count,
   * less that of the rival.
   */
  | { type: 'pixelMap'; judge: Judge; pixels: Uint8Array; label: number; rival: number }
  /** Some steps of a picture, pixels from 0 to 1, up the goodness of a layer. */
  | {
      type: 'climb';
      judge: Judge;
      pixels: Float32Array;
      label: number;
      layer: number;
      steps: number;
    }
  /**
   * What a unit of layer 1 weighs each pixel with; of a later layer, what a little more ink adds to
   * its activity as that digit is shown with that label.
   */
  | {
      type: 'unitPicture';
      judge: Judge;
      pixels: Uint8Array;
      label: number;
      layer: number;
      place: number;
    }
  | { type: 'breakDigit'; judge: Judge; pixels: Uint8Array; damage: Damage }
  /** These look at test images, which are fetched at first use. */
  | { type: 'unitImages'; judge: Judge; layer: number; place: number }
  /** A later one makes an earlier one pointless. */
  | { type: 'breakTest'; judge: Judge; damage: Damage }
  | { type: 'mapImages'; judge: Judge }
  | { type: 'testImage'; judge: Judge; index: number }
  /** Finds a digit on the map that was last made; null when it was of another net. */
  | { type: 'findOnMap'; judge: Judge; pixels: Uint8Array; neighbours: number };

export interface InsideAnswers {
  viewLayers: View | null;
  pixelMap: Float32Array;
  climb: Float32Array;
  unitPicture: Float32Array;
  unitImages: UnitImages;
  breakDigit: BrokenDigit;
  breakTest: { tested: number; errors: number };
  mapImages: ImageMap;
  testImage: TestImage;
  findOnMap: OnMap | null;
}
