import type { FlatModel } from '../../platform/read-models/flat';
import { flatModels } from '../../projections/flat-models';
import { eventLog } from '../../projections/flat-models/event-log';
import { expectGenerated } from '../support/generated-file';

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const section = ({ name, meaning, source, each, key, time, columns }: FlatModel): readonly string[] => [
  `## \`${name}\``,
  '',
  `${meaning} From the read model \`${source}\`${each === undefined ? '' : `, its list \`${each}\``}. Key: \`${key}\`.${time === undefined ? '' : ` Time: \`${time}\`.`}`,
  '',
  '| Column | Type | Unit | Meaning | Set by |',
  '| --- | --- | --- | --- | --- |',
  ...columns.map(
    ({ name: column, type, unit, meaning: says, events }) =>
      `| \`${column}\` | ${type} | ${unit ?? ''} | ${says} | ${code(events)} |`,
  ),
  '',
];

const eventLogSection = (): readonly string[] => [
  `## \`${eventLog.name}\``,
  '',
  `${eventLog.meaning} From the event store. Key: \`${eventLog.key}\`. Time: \`${eventLog.time}\`. \`waybill query\` shows it where the event store is the embedded one, and \`waybill export\` writes it with every event store; no engine keeps a copy.`,
  '',
  '| Column | Type | Unit | Meaning |',
  '| --- | --- | --- | --- |',
  ...eventLog.columns.map(
    ({ name, type, unit, meaning }) => `| \`${name}\` | ${type} | ${unit ?? ''} | ${meaning} |`,
  ),
  '',
];

it('docs/reference/data-dictionary.md is the dictionary of every flat model', () =>
  expectGenerated(
    'docs/reference/data-dictionary.md',
    [
      '# Data dictionary',
      '',
      'The flat models: rows of single values for analysts, with the same names and types on every engine ([ADR 30](../adr/0030-flat-models.md)). In SQLite each is a view of `read-models.db` with the name below. In MongoDB each is a collection `flat_<model>_v<version>`, where `promoted` names the version of the read model that serves; `_id` is the key, and a document with `deletedAt` is the marker of a deletion.',
      '',
      'Types: `text`, `integer` and `real` are those of SQLite and MongoDB. A `timestamp` is text such as `2026-01-31T08:26:00.000Z`, in UTC; a `local-timestamp` is such a text without the `Z`, in the time of the shop (`WAYBILL_TIME_ZONE`); a `date` is text such as `2026-01-31`. In Parquet these three have types of their own. Every column may be null except the key. Sums are exact in minor units.',
      '',
      ...flatModels.flatMap(section),
      ...eventLogSection(),
    ].join('\n'),
  ));
