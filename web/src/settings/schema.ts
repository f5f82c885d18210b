/** The schema of Config as controls: what each field is called, what it may be, when it applies. */
import type { Config } from '../generated/config';
import { count, figure } from '../text';

export type Name = keyof Config;
export type Value = number | string | (number | string)[];

/** A property of the generated JSON Schema. */
export interface Property {
  title: string;
  description: string;
  type: 'number' | 'integer' | 'string' | 'array';
  default: Value;
  minimum?: number;
  maximum?: number;
  enum?: string[];
  /** Of a list: a whole number of that range, or a text of that pattern. */
  items?: { anyOf: [Range, { pattern: string }] };
  minItems?: number;
  maxItems?: number;
  'x-unit': string;
  'x-group': string;
  'x-primary': boolean;
  'x-live': boolean;
  'x-scale'?: 'log' | 'linear';
  'x-applies': Condition[];
  'x-choices'?: Record<string, string>;
}

/** Another field has one of these values; or, if there are none, is above 0. It must itself apply. */
interface Condition {
  field: Name;
  values: string[];
}

interface Range {
  minimum: number;
  maximum: number;
}

export type Domain =
  | ({ kind: 'number'; integer: boolean; logarithmic: boolean; slider: boolean } & Range)
  | { kind: 'choice'; choices: { value: string; title: string }[] }
  | { kind: 'list'; item: Range; pattern: RegExp; minItems: number; maxItems: number };

export interface Control {
  name: Name;
  title: string;
  help: string;
  unit: string;
  group: string;
  primary: boolean;
  /** May change while a run goes on. */
  live: boolean;
  /** All must hold. */
  applies: Condition[];
  preset: Value;
  domain: Domain;
}

/** More whole numbers than this on one slider, and nobody can hit the one they want. */
const widestSlider = 1e6;
/** Whole numbers that span this ratio go on a logarithmic slider. */
const widestLinear = 1000;

function domainOf(property: Property): Domain {
  const { minimum = -Infinity, maximum = Infinity } = property;
  switch (property.type) {
    case 'string': {
      const titles = property['x-choices'] ?? {};
      const choices = (property.enum ?? []).map((value) => ({
        value,
        title: titles[value] ?? value,
      }));
      return { kind: 'choice', choices };
    }
    case 'array': {
      const { minItems = 0, maxItems = Infinity } = property;
      const [item, { pattern }] = property.items!.anyOf;
      return { kind: 'list', item, pattern: new RegExp(pattern), minItems, maxItems };
    }
    default: {
      const integer = property.type === 'integer';
      const logarithmic =
        property['x-scale'] === 'log' ||
        (integer && minimum > 0 && maximum / minimum >= widestLinear);
      const slider = logarithmic || !(integer && maximum - minimum > widestSlider);
      return { kind: 'number', integer, logarithmic, slider, minimum, maximum };
    }
  }
}

export function controlsOf(schema: { properties: Record<string, Property> }): Control[] {
  return Object.entries(schema.properties).map(([name, property]) => ({
    name: name as Name,
    title: property.title,
    help: property.description,
    unit: property['x-unit'],
    group: property['x-group'],
    primary: property['x-primary'],
    live: property['x-live'],
    applies: property['x-applies'],
    preset: property.default,
    domain: domainOf(property),
  }));
}

/** The same control with fewer choices. */
export function narrowed(control: Control, values: readonly string[]): Control {
  if (control.domain.kind !== 'choice') return control;
  const choices = control.domain.choices.filter(({ value }) => values.includes(value));
  return { ...control, domain: { kind: 'choice', choices } };
}

/** The config with every field at its default. */
export const defaults = (controls: Control[]): Config =>
  Object.fromEntries(controls.map(({ name, preset }) => [name, preset])) as unknown as Config;

/** Whether the field means anything with these settings. */
export function applies(control: Control, config: Config, controls: Control[]): boolean {
  return control.applies.every(({ field, values }) => {
    const other = controls.find(({ name }) => name === field)!;
    const value = config[field];
    const holds = values.length > 0 ? values.includes(String(value)) : Number(value) > 0;
    return holds && applies(other, config, controls);
  });
}

export const sameValue = (a: Value, b: Value): boolean => String(a) === String(b);

/** A value as a person types it; `parse` gives it back. */
export const format = (value: Value): string =>
  Array.isArray(value) ? value.join(', ') : String(value);

/** What the field takes, to end the sentence "Batch should be …". */
export function expectation({ domain }: Control): string {
  const range = ({ minimum, maximum }: Range): string =>
    `from ${limit(minimum)} to ${limit(maximum)}`;
  switch (domain.kind) {
    case 'number':
      return `a ${domain.integer ? 'whole ' : ''}number ${range(domain)}`;
    case 'choice':
      return `one of ${domain.choices.map(({ value }) => value).join(', ')}`;
    case 'list':
      return (
        `${domain.minItems} to ${domain.maxItems} whole numbers ${range(domain.item)}, ` +
        'or as in “local 10x10x128 stride 6”, with commas between them'
      );
  }
}

const limit = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e16 ? count(value) : figure(value);

/** Thrown by `parse`; the message is one sentence that names the field. */
export class SettingError extends Error {}

/** A field's value from text, as typed or as in the page's address. Throws SettingError. */
export function parse(control: Control, text: string): Value {
  const { domain } = control;
  const fault = (): never => {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    throw new SettingError(`${control.title} should be ${expectation(control)}, not “${shown}”.`);
  };
  const number = (part: string, range: Range, integer: boolean): number => {
    const value = part.trim() === '' ? NaN : Number(part);
    const fits = value >= range.minimum && value <= range.maximum;
    return fits && (!integer || Number.isInteger(value)) ? value : fault();
  };
  switch (domain.kind) {
    case 'number':
      return number(text, domain, domain.integer);
    case 'choice':
      return domain.choices.some(({ value }) => value === text) ? text : fault();
    case 'list': {
      const parts = text.split(/[a-z]/i.test(text) ? /\s*,\s*/ : /[\s,]+/).filter(Boolean);
      if (parts.length < domain.minItems || parts.length > domain.maxItems) return fault();
      return parts.map((part) =>
        domain.pattern.test(part) ? part : number(part, domain.item, true),
      );
    }
  }
}
