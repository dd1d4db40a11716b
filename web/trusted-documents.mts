import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatDocument, stringifyDocument } from '@urql/core';
import { Kind, parse, visit, type DefinitionNode } from 'graphql';
import { parseSync, Visitor, type Plugin } from 'vite';

/** A call of `graphql`, with the place of its text in the module. */
type Call = { readonly start: number; readonly end: number; readonly definitions: readonly DefinitionNode[] };

const callsIn = (file: string, code: string): readonly Call[] => {
  const calls: Call[] = [];
  new Visitor({
    CallExpression: ({ callee, arguments: [text], start, end }) => {
      if (callee.type !== 'Identifier' || callee.name !== 'graphql' || text?.type !== 'TemplateLiteral')
        return;
      calls.push({ start, end, definitions: parse(text.quasis[0]?.value.cooked ?? '').definitions });
    },
  }).visit(parseSync(file, code).program);
  return calls;
};

const nameOf = (definition: DefinitionNode): string =>
  ('name' in definition ? definition.name?.value : undefined) ?? '';

const fragmentsIn = (definition: DefinitionNode): readonly string[] => {
  const names: string[] = [];
  visit(definition, { FragmentSpread: ({ name }) => void names.push(name.value) });
  return names;
};

/** Returns the text of an operation with all its fragments, as the cache of the pages sends it. */
const textOf = (operation: DefinitionNode, fragments: ReadonlyMap<string, DefinitionNode>): string => {
  const names = new Set(fragmentsIn(operation));
  const definitions = [operation];
  // A set is walked to its end, also to what is added meanwhile.
  for (const name of names) {
    const fragment = fragments.get(name);
    if (!fragment) throw new Error(`No fragment of the pages has the name ${name}.`);
    definitions.push(fragment);
    for (const further of fragmentsIn(fragment)) names.add(further);
  }
  return stringifyDocument(formatDocument({ kind: Kind.DOCUMENT, definitions }));
};

/** Reads every operation of the pages. @returns its text by its name. */
const readOperations = async (root: string): Promise<ReadonlyMap<string, string>> => {
  const operations = new Map<string, DefinitionNode>();
  const fragments = new Map<string, DefinitionNode>();
  const sources = (await readdir(root, { recursive: true })).filter((file) => /\.tsx?$/.test(file));
  for (const file of sources) {
    const calls = callsIn(file, await readFile(join(root, file), 'utf8'));
    for (const definition of calls.flatMap(({ definitions }) => definitions)) {
      const known = definition.kind === Kind.OPERATION_DEFINITION ? operations : fragments;
      const name = nameOf(definition);
      if (name === '' || known.has(name))
        throw new Error(`${file}: each operation and fragment has a name of its own, not "${name}".`);
      known.set(name, definition);
    }
  }
  return new Map([...operations].map(([name, operation]) => [name, textOf(operation, fragments)]));
};

const idOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Gives each operation of built pages the id by which they name it, and writes the list of all (id → text) for the server.
 * `graphql(…)` becomes `Object.assign(graphql(…), { documentId })`. Pages in development have no ids.
 */
export const trustedDocuments = (root: string, list: string): Plugin => {
  let operations: ReadonlyMap<string, string>;
  return {
    name: 'trusted-documents',
    apply: 'build',
    enforce: 'pre',
    buildStart: async () => {
      operations = await readOperations(root);
    },
    transform: (code, file) => {
      if (!file.startsWith(root) || !code.includes('graphql(')) return undefined;
      return callsIn(file, code).reduceRight((changed, { start, end, definitions: [first] }) => {
        const text = first?.kind === Kind.OPERATION_DEFINITION && operations.get(nameOf(first));
        if (!text) return changed;
        const call = `Object.assign(${changed.slice(start, end)}, { documentId: '${idOf(text)}' })`;
        return changed.slice(0, start) + call + changed.slice(end);
      }, code);
    },
    closeBundle: async () => {
      const entries = [...operations.values()].map((text) => [idOf(text), text]);
      await mkdir(dirname(list), { recursive: true });
      await writeFile(list, `${JSON.stringify(Object.fromEntries(entries), undefined, 1)}\n`);
    },
  };
};
