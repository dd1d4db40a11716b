import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { personalData } from '../../cli/composition/aggregates';
import { statedAt } from '../../domain/kernel';
import { eventFiles, type EventFile } from '../support/domain/event-files';
import { expectGenerated } from '../support/generated-file';

type EventShape = { name: string; note: string; shape: string };

const noteOf = (node: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(node)
    .map(({ comment }) => (typeof comment === 'string' ? comment : ''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

const oneLine = (text: string): string =>
  text
    .replace(/\/\*\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    // JSON drops an undefined field, so it is the same as an absent one.
    .replaceAll(' | undefined', '')
    .replaceAll('|', '\\|')
    .trim();

/** The facts that a file declares: `export type X = Fact<'X', …>`. */
const eventsOf = (file: string): EventShape[] => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    if (!ts.isTypeAliasDeclaration(statement) || !ts.isTypeReferenceNode(statement.type)) return [];
    if (statement.type.typeName.getText() !== 'Fact') return [];
    const shape = statement.type.typeArguments![1]!.getText();
    return [{ name: statement.name.text, note: noteOf(statement), shape: oneLine(shape) }];
  });
};

/** The note of an event, with its fields that are personal data. */
const noteWithPersonalData = ({ name, note }: EventShape): string => {
  const fields = Object.keys(personalData[name]?.erased ?? {})
    .map((field) => `\`${field}\``)
    .join(', ');
  return [note, fields && `Personal data: ${fields}.`].filter(Boolean).join(' ');
};

const section = ({ aggregate, file }: EventFile): string[] => {
  const events = eventsOf(file);
  const rows = events.map(
    (event) => `| \`${event.name}\` | ${noteWithPersonalData(event)} | \`${event.shape}\` |`,
  );
  return [`## ${aggregate}`, '', '| Event | Note | Data |', '| --- | --- | --- |', ...rows, ''];
};

/** Facts whose moment is the time of storing. */
const WITHOUT_TIME = new Set(['NumbersReserved']);

const withoutNested = (shape: string): string => {
  const inner = shape.slice(shape.indexOf('{') + 1, shape.lastIndexOf('}'));
  return inner.replace(/\{[^{}]*\}/g, '');
};

it('every fact states its own time once, as time travel reads it', () => {
  const facts = eventFiles().flatMap(({ file }) => eventsOf(file));
  const times = facts.map(({ name, shape }) => {
    const fields = [...withoutNested(shape).matchAll(/(\w+At)\??: Instant/g)].map(([, field = '']) => field);
    const stated = fields.filter((field) => statedAt({ [field]: 'a time' }) !== undefined);
    return [name, stated.length];
  });
  expect(times).toEqual(facts.map(({ name }) => [name, WITHOUT_TIME.has(name) ? 0 : 1]));
});

it('docs/reference/events.md is the catalogue of every event', () => {
  const sections = eventFiles().flatMap(section);
  expect(sections.length).toBeGreaterThan(50);
  expectGenerated(
    'docs/reference/events.md',
    [
      '# Events',
      '',
      'Every fact that Waybill keeps, by aggregate. A stream is `<category>-<id>`. Shapes only ever gain optional fields ([ADR 4](../adr/0004-event-versioning.md)). `Money` is `{ amountMinor, currency }`, `Instant` RFC 3339 text in UTC with milliseconds, `Place` `{ x, y }` in int32.',
      '',
      ...sections,
    ].join('\n'),
  );
});
