/** What labels stand for, where they are not the digits themselves. */

const clothes = [
  ...['T-shirt', 'trousers', 'pullover', 'dress', 'coat'],
  ...['sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
];

/** Null for digits, which need no name. */
export const nameOf = (label: number, dataset: string): string | null =>
  dataset === 'fashion-mnist' ? clothes[label]! : null;
