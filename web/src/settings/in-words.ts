/** Settings and choices as the page calls them, where the core's messages have the names of its files. */
import schema from '../generated/schema.json';

interface Named {
  title: string;
  'x-choices'?: Record<string, string>;
}

const titles = new Map(
  Object.entries(schema.properties as Record<string, Named>)
    .flatMap(([name, property]): [string, string][] => [
      [name, property.title],
      ...Object.entries(property['x-choices'] ?? {}),
    ])
    .filter(([name]) => name.includes('_')),
);

/** “a lower learning_rate helps” as “a lower learning rate helps”. */
export function inWords(message: string): string {
  return message.replace(/[a-z]+(?:_[a-z]+)+/g, (name, at: number) => {
    const title = titles.get(name) ?? name;
    // An abbreviation stays one.
    return at > 0 && /^\p{Lu}\p{Ll}/u.test(title) ? title[0]!.toLowerCase() + title.slice(1) : title;
  });
}
