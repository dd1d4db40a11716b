import { textOf } from '../support/project-files';
import { filesBelow, passagesIn, type Passage } from '../support/sentences';

const everything = [
  'README.md',
  'CONTRIBUTING.md',
  'docs',
  'domain',
  'commands',
  'projections',
  'platform',
  'gateways',
  'simulators',
  'proto',
  'cli',
  'ops',
  'bench',
  'web',
  'tests',
];

/** Files of others, stored data, a former schema, and the files that list the words. */
const skipped = new RegExp(
  [
    '(^|/)(node_modules|gen|golden|googleapis|target)/',
    '^proto/eventstore/.*[.]proto$',
    '^docs/reference/glossary[.]md$',
    '^tests/docs/(prose[.]spec[.]ts|schema-baseline[.]graphql)$',
    '[.]lock$',
    'package-lock',
  ].join('|'),
);

/** Sentences that read models store. Another wording would need new versions of the read models. */
const stored: ReadonlySet<string> = new Set([
  'projections/order-details/timeline-text.ts',
  'projections/order-details/order-details.spec.ts',
  'projections/shipments.ts',
  'projections/shipments.spec.ts',
]);

/** The rows of the last table in the glossary: words that are not used, separated by commas. */
const unusedWords = (): readonly string[] => {
  const table = textOf('docs/reference/glossary.md').split('| Not | But |')[1] ?? '';
  return [...table.matchAll(/^\| (?!---)(?<words>[^|]+) \|/gm)].flatMap(({ groups }) =>
    groups!['words']!.split(',').map((word) => word.trim()),
  );
};

/** Words that begin a question, where a sentence should begin with a verb or a noun. */
const QUESTION = /^(what|who|whose|whom|how|why|where|which|when|whoever|whatever|nobody|somebody)\b/i;

/** Descriptions that say no more than the name does. */
const FILLERS = new Set([
  'Names it.',
  'How many.',
  'How much.',
  'How many there are.',
  'What it is called.',
  'What it comes to.',
  'What it is.',
  'Who.',
  'Why.',
  'When.',
  'Where.',
  'Where it is.',
  'The order.',
  'The product.',
]);

const shown = ({ file, line, text }: Passage): string => `${file}:${line} ${text.slice(0, 120)}`;

const passages = everything.flatMap((path) => filesBelow(path, skipped)).flatMap(passagesIn);

const breaking = (breaks: (passage: Passage) => boolean): readonly string[] =>
  passages.filter(breaks).map(shown);

describe('prose', () => {
  it('uses none of the words that the glossary rules out', () => {
    const words = unusedWords();
    expect(words.length).toBeGreaterThan(20);
    const unused = new RegExp(`\\b(${words.join('|')})\\b`, 'i');
    expect(passages.length).toBeGreaterThan(1_000);
    expect(
      breaking(({ file, kind, text }) => unused.test(text) && !(kind === 'string' && stored.has(file))),
    ).toEqual([]);
  });

  it('begins a doc block with a verb or a noun', () =>
    expect(breaking(({ kind, text }) => kind === 'doc' && QUESTION.test(text))).toEqual([]));

  it('says in a description of the schema more than its name', () =>
    expect(
      breaking(({ kind, text }) => kind === 'description' && (FILLERS.has(text) || QUESTION.test(text))),
    ).toEqual([]));
});
