import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');
const rowsOf = (markdown: string) => markdown.split('\n').filter((line) => line.startsWith('| ['));

describe('the results that are kept', () => {
  it('are the same in the README as in their own table', () => {
    const rows = rowsOf(text('results/README.md'));
    expect(rows.length).toBeGreaterThan(0);
    const here = rowsOf(text('README.md')).map((row) => row.replaceAll('](results/', ']('));
    expect(here).toEqual(rows);
  });

  it('have a record for every row, and a row for every record', () => {
    const named = rowsOf(text('results/README.md')).map((row) => /\]\((.+?)\)/.exec(row)![1]);
    const records = readdirSync(new URL('results/', root)).filter((name) => name.endsWith('.json'));
    expect(named.toSorted()).toEqual(records.toSorted());
  });
});
