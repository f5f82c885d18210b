/** What the page says is short, and in words. */
import { expect, test } from 'vitest';
import { inWords } from '../../web/src/settings/in-words';
import { sentences, textsOfCore, textsOfPage, wordCount, type Text } from './texts';

const mostWords = 20;

/** Words of a program, not of a language. */
const identifier = /\p{Ll}_\p{Ll}|::|\b(?!i[OP])[a-z]+[A-Z]\w*|\bstd\b|\bnull(ptr)?\b|\bundefined\b|\bNaN\b/u;

const said = (texts: Text[]): { place: string; sentence: string }[] =>
  texts.flatMap(({ place, text }) => sentences(text).map((sentence) => ({ place, sentence })));

const faulty = (texts: Text[]): string[] =>
  said(texts)
    .filter(({ sentence }) => wordCount(sentence) > mostWords || identifier.test(sentence))
    .map(({ place, sentence }) => `${place}: ${wordCount(sentence)} words: ${sentence}`);

test('sentences are found where they stand', () => {
  expect(sentences('Saved. Draw a small digit, please!')).toEqual(['Draw a small digit, please!']);
  expect(wordCount('It takes 1,000 images, 2.5 % wrong.')).toBe(6);
  expect(faulty([{ place: 'here', text: 'Please do set learning_rate lower.' }])).toHaveLength(1);
  expect(said(textsOfPage('web/src')).length).toBeGreaterThan(200);
  expect(said(textsOfCore('core/src')).length).toBeGreaterThan(50);
});

test('no sentence of the page is long or names what is the program’s', () => {
  expect(faulty(textsOfPage('web/src'))).toEqual([]);
});

test('nor is one of the core’s messages', () => {
  const texts = [...textsOfCore('core/src'), ...textsOfCore('wasm')];
  expect(faulty(texts.map(({ place, text }) => ({ place, text: inWords(text) })))).toEqual([]);
});
