type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Control Z, also with Caps Lock, and by its place where the keyboard writes other letters. */
export function isUndo({ key, code, ctrlKey, metaKey, shiftKey, altKey }: Key): boolean {
  const isZ = /^[a-z]$/i.test(key) ? key.toLowerCase() === 'z' : code === 'KeyZ';
  return isZ && (ctrlKey || metaKey) && !shiftKey && !altKey;
}
