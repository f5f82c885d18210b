// npm run generate: asks the built engine for the schema of Config, the presets and a reading of the
// example, and writes them where the page imports them, the schema as a TypeScript type too, and the
// fonts' parts that the page needs.
import { mkdir, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';
import createModule from '../build/wasm/ff-simd.js';
import { subsetFonts } from './fonts.mjs';
import { recordExample } from './record-example.mjs';

const folder = new URL('src/generated/', import.meta.url);

const engine = await createModule();
const schema = engine.schema();
// Every field has a default, so a whole Config has every field.
const parsed = JSON.parse(schema);
const whole = { ...parsed, required: Object.keys(parsed.properties) };
// Lists of any allowed length are arrays: a tuple type for each length would be thousands.
const types = await compile(whole, 'Config', { ignoreMinAndMaxItems: true });

await mkdir(folder, { recursive: true });
await Promise.all([
  writeFile(new URL('schema.json', folder), schema),
  writeFile(new URL('presets.json', folder), engine.presets()),
  writeFile(new URL('config.d.ts', folder), types),
  writeFile(new URL('example.json', folder), JSON.stringify(await recordExample(engine))),
]);
await subsetFonts(folder);
