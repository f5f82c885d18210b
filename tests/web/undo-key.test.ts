import { expect, test } from 'vitest';
import { isUndo } from '../../web/src/draw/undo-key';

const control = { ctrlKey: true, metaKey: false, shiftKey: false, altKey: false };
const z = { ...control, key: 'z', code: 'KeyZ' };

test.each([
  ['Control Z', z],
  ['Command Z', { ...z, ctrlKey: false, metaKey: true }],
  ['with Caps Lock', { ...z, key: 'Z' }],
  ['on a Greek keyboard', { ...z, key: 'ζ' }],
  ['on a German keyboard', { ...z, code: 'KeyY' }],
])('%s undoes', (_, key) => expect(isUndo(key)).toBe(true));

test.each([
  ['Z alone', { ...z, ctrlKey: false }],
  ['Control Shift Z, which redoes elsewhere', { ...z, key: 'Z', shiftKey: true }],
  ['Control Y on a German keyboard', { ...z, key: 'y' }],
  ['another key', { ...control, key: 'Enter', code: 'Enter' }],
])('%s does not', (_, key) => expect(isUndo(key)).toBe(false));
