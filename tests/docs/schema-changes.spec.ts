import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CriticalityLevel, diff, type Change } from '@graphql-inspector/core';
import { buildSchema, extendSchema, parse, printSchema, type GraphQLSchema } from 'graphql';
import { edgeSchema } from '../../gateways/graphql';
import { expectGenerated } from '../support/generated-file';

/**
 * The public contract that clients may rely on: the schema of the last release (until the first one, of commit ce9edffa). It is
 * renewed at a release, in the commit that names the version in CHANGELOG.md: copy docs/reference/schema.graphql over it and
 * run `npm run gen`. A breaking change needs a release too: the CHANGELOG names it, and the baseline is renewed with it.
 */
const baseline = buildSchema(readFileSync(join(__dirname, 'schema-baseline.graphql'), 'utf8'));
const served = buildSchema(printSchema(edgeSchema()));

const changesTo = async (schema: GraphQLSchema, level: CriticalityLevel): Promise<readonly Change[]> =>
  (await diff(baseline, schema)).filter(({ criticality }) => criticality.level === level);

const messages = (changes: readonly Change[]): readonly string[] => changes.map(({ message }) => message);

it('the schema has no change that breaks clients of the baseline', async () =>
  expect(messages(await changesTo(served, CriticalityLevel.Breaking))).toEqual([]));

it.each([
  ['a removed field', (sdl: string) => sdl.replace(/\n {2}"{3}[^"]*"{3}\n {2}itemCount: Int!/, '')],
  [
    'a required input field',
    (sdl: string) => sdl.replace('input LogInInput {', 'input LogInInput {\n  pin: String!'),
  ],
  ['a field that becomes nullable', (sdl: string) => sdl.replace('itemCount: Int!', 'itemCount: Int')],
])('%s would be found', async (_, change) => {
  const changed = buildSchema(change(printSchema(served)));
  expect(await changesTo(changed, CriticalityLevel.Breaking)).toHaveLength(1);
});

it('a new value of an enum would be listed as dangerous, and a new field as neither', async () => {
  const dangerous = (await changesTo(served, CriticalityLevel.Dangerous)).length;
  const extended = extendSchema(
    served,
    parse('extend enum OrderStatus { LOST } extend type Cart { note: String }'),
  );
  expect(await changesTo(extended, CriticalityLevel.Breaking)).toEqual([]);
  expect(await changesTo(extended, CriticalityLevel.Dangerous)).toHaveLength(dangerous + 1);
});

it('docs/reference/schema-changes.md lists the changes since the baseline', async () => {
  const list = (texts: readonly string[]): string =>
    texts.length === 0 ? 'None.' : texts.map((text) => `- ${text}`).join('\n');
  const additions = (await changesTo(served, CriticalityLevel.NonBreaking)).filter(
    ({ type }) => !String(type).includes('DESCRIPTION'),
  );
  expectGenerated(
    'docs/reference/schema-changes.md',
    [
      '# Changes of the GraphQL schema',
      '',
      'The schema compared with `tests/docs/schema-baseline.graphql`, the contract of the last release. A breaking change fails a test. A release copies `docs/reference/schema.graphql` over the baseline, and this list starts again.',
      '',
      '## Dangerous',
      '',
      'Clients can notice these: a new value of an enum, a new member of a union, a new argument that is optional.',
      '',
      list(messages(await changesTo(served, CriticalityLevel.Dangerous))),
      '',
      '## Additions',
      '',
      list(messages(additions)),
      '',
    ].join('\n'),
  );
});
