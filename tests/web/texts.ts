/** Every text that the page can show, as it stands in its program and in the core's. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface Text {
  /** Where it stands: a file from the project's folder, and a line. */
  place: string;
  text: string;
}

/** In place of what is known only when the page runs. */
const hole = '7';

/** Elements whose text goes on in the line of the one around them. */
const inline = new Set(['a', 'abbr', 'b', 'code', 'em', 'i', 'kbd', 'output', 'q', 'small', 'span', 'strong', 'sub', 'sup', 'var']);

const filesIn = (folder: string, pattern: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));

/** What is written between the tags, and in quotes where it reads like words. */
export function textsOfPage(folder: string): Text[] {
  return filesIn(folder, /\.tsx?$/).flatMap((path) => {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const found: Text[] = [];
    const add = (node: ts.Node, text: string): void => {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push({ place: `${path}:${line + 1}`, text: text.replace(/\s+/g, ' ').trim() });
    };
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
      if (isElement(node) && !isInline(node)) lines(node).forEach((text) => add(node, text));
      const quoted = textOf(node);
      if (quoted !== null) add(node, quoted);
      else ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  });
}

type Element = ts.JsxElement | ts.JsxFragment;

const isElement = (node: ts.Node): node is Element => ts.isJsxElement(node) || ts.isJsxFragment(node);

const isInline = (node: ts.Node): boolean =>
  ts.isJsxFragment(node) || (ts.isJsxElement(node) && inline.has(node.openingElement.tagName.getText()));

/** Texts of an element, one for each stretch without another block in it. */
function lines(element: Element): string[] {
  const stretches = [''];
  const goOn = (text: string): number => stretches.push(stretches.pop()! + text);
  const walk = ({ children }: Element): void => {
    for (const child of children) {
      if (ts.isJsxText(child)) goOn(child.text);
      else if (ts.isJsxExpression(child)) {
        const quoted = child.expression && textOf(child.expression);
        goOn(quoted ?? ` ${hole} `);
      } else if (isElement(child) && isInline(child)) walk(child);
      else stretches.push('');
    }
  };
  walk(element);
  return stretches;
}

/** The text of quotes, of a template, or of such in a sum; null if it is none. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => hole + literal.text).join('');
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === null && right === null ? null : (left ?? hole) + (right ?? hole);
}

/** Quotes of C++ but of tables of names for JavaScript; those that follow one another are one text, and so are those with a sum between them. */
export function textsOfCore(folder: string): Text[] {
  return filesIn(folder, /(?<!bindings)\.[ch]pp$/).flatMap((path) => {
    const source = readFileSync(path, 'utf8').replace(/^\s*(#|\/\/).*$/gm, '');
    const texts: Text[] = [];
    let end = 0;
    for (const found of source.matchAll(/"(?:[^"\\\n]|\\.)*"/g)) {
      const quoted = found[0];
      const between = source.slice(end, found.index).trim();
      const [last, text] = [texts.at(-1), quoted.slice(1, -1)];
      if (last && between === '') last.text += text;
      else if (last && /^\+[^;{}]*\+$/.test(between)) last.text += hole + text;
      else texts.push({ place: path, text });
      end = found.index + quoted.length;
    }
    return texts;
  });
}

/** The sentences of a text, and what is left of one: of words, not of a program or a picture's path. */
export const sentences = (text: string): string[] =>
  text.split(/(?<=[.!?])\s+/).filter((part) => (part.match(/(?<=^|\s)\p{L}[\p{Ll}'’]+/gu) ?? []).length > 3);

export const wordCount = (sentence: string): number => sentence.match(/[\p{L}\d][\p{L}\d'’.,%×-]*/gu)?.length ?? 0;
