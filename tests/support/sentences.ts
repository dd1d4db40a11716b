import { readdirSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { parse, visit, type StringValueNode } from 'graphql';
import ts from 'typescript';
import { pathOf, textOf } from './project-files';

/** A piece of prose. `kind`: a doc block, another comment, a string of code, a description of the schema, or a line of a page. */
export type Passage = {
  readonly file: string;
  readonly line: number;
  readonly kind: 'doc' | 'comment' | 'string' | 'description' | 'page';
  readonly text: string;
};

type Found = Omit<Passage, 'file'>;

const CODE_SPAN = /`[^`]*`/g;

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** Returns a comment's text without its marks, on one line. */
const plain = (comment: string): string =>
  comment
    .replace(/^\s*(\/\*\*?|\*(?!\/)|\/\/)/gm, ' ')
    .replace(/\*\/$/, '')
    .replace(/\s+/g, ' ')
    .trim();

const SQL = /\b(SELECT|INSERT|CREATE TABLE|DELETE FROM|UPDATE)\b/;

const isSpoken = (node: ts.Node): node is ts.LiteralLikeNode =>
  (ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isJsxText(node)) &&
  /\S\s+\S/.test(node.text) &&
  !SQL.test(node.text);

const inCode = (text: string, name = 'source.ts'): readonly Found[] => {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest);
  const comments = new Map<number, ts.CommentRange>();
  const strings: ts.LiteralLikeNode[] = [];
  const walk = (node: ts.Node): void => {
    for (const range of [
      ...(ts.getLeadingCommentRanges(text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ])
      comments.set(range.pos, range);
    if (isSpoken(node)) strings.push(node);
    ts.forEachChild(node, walk);
  };
  walk(source);
  const ofComments = Array.from(comments.values(), ({ pos, end }): Found => {
    const comment = text.slice(pos, end);
    const kind = comment.startsWith('/**') ? 'doc' : 'comment';
    return { line: lineAt(text, pos), kind, text: plain(comment) };
  });
  const ofStrings = strings.map((node): Found => ({
    line: lineAt(text, node.end),
    kind: 'string',
    text: node.text.replace(/\s+/g, ' '),
  }));
  return [...ofComments, ...ofStrings];
};

const inSchema = (text: string): readonly Found[] => {
  const found: Found[] = [];
  const take = ({ description }: { readonly description?: StringValueNode }): void => {
    if (!description) return;
    found.push({ line: description.loc?.startToken.line ?? 0, kind: 'description', text: description.value });
  };
  visit(parse(text), { enter: (node) => take(node as { description?: StringValueNode }) });
  return found;
};

/** Returns the lines of a page, without what it shows as code. */
const inPage = (text: string): readonly Found[] => {
  let isCode = false;
  return text.split('\n').flatMap((line, index): Found[] => {
    const isFence = /^\s*```/.test(line);
    if (isFence) isCode = !isCode;
    return isCode || isFence ? [] : [{ line: index + 1, kind: 'page', text: line }];
  });
};

const inLines = (text: string, mark: RegExp): readonly Found[] =>
  text.split('\n').flatMap((line, index): Found[] => {
    const comment = mark.exec(line)?.[1];
    return comment === undefined ? [] : [{ line: index + 1, kind: 'comment', text: comment.trim() }];
  });

const readers: Readonly<Record<string, (text: string) => readonly Found[]>> = {
  '.ts': (text) => inCode(text),
  '.tsx': (text) => inCode(text, 'source.tsx'),
  '.mjs': (text) => inCode(text),
  '.js': (text) => inCode(text),
  '.md': inPage,
  '.graphql': inSchema,
  '.proto': (text) => inLines(text, /\/\/(.*)$/),
  '.yml': (text) => inLines(text, /^(.*)$/),
  '.toml': (text) => inLines(text, /#(.*)$/),
  '': (text) => inLines(text, /^\s*#(.*)$/),
};

/** Returns the prose of a file, without its code spans; none for a kind of file that has none. */
export const passagesIn = (file: string): readonly Passage[] =>
  (readers[extname(file)]?.(textOf(file)) ?? []).map((found) => ({
    ...found,
    file,
    text: found.text.replace(CODE_SPAN, '…'),
  }));

/** Returns the files below a folder, or the file itself, without those of a skipped path. */
export const filesBelow = (path: string, skipped: RegExp): readonly string[] => {
  if (!statSync(pathOf(path)).isDirectory()) return [path];
  return readdirSync(pathOf(path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(pathOf(''), join(parentPath, name)))
    .filter((file) => !skipped.test(file));
};
