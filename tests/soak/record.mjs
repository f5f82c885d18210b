// A table on the disk, row by row, so that an interrupted soak leaves all that it has measured.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export class Table {
  rows = [];

  constructor(path) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
  }

  /** Every row has the same names. */
  add(row) {
    if (this.rows.length === 0) writeFileSync(this.path, `${Object.keys(row).join(',')}\n`);
    this.rows.push(row);
    appendFileSync(this.path, `${Object.values(row).join(',')}\n`);
  }

  /** A column's medians over the second and the last quarter of the rows. */
  quarters(name) {
    const values = this.rows.map((row) => row[name]);
    const { length } = values;
    return {
      second: median(values.slice(length / 4, length / 2)),
      last: median(values.slice((length * 3) / 4)),
    };
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
