import { useCaseGroups } from '../../commands';
import { whoMay } from '../../commands/use-case/authorization';
import { fieldsOf, isObjectType, type Field } from '../../commands/use-case/fields';
import type { AnyUseCase } from '../../commands/use-case/use-case';
import { expectGenerated } from '../support/generated-file';

const typeOf = ({ type, list }: Field): string => {
  const name = isObjectType(type) ? type.object : type.kind;
  return list ? `list of ${name}` : name;
};

const table = (title: string, fields: readonly Field[]): readonly string[] =>
  fields.length === 0
    ? []
    : [
        `| ${title} | Kind | Meaning |`,
        '| --- | --- | --- |',
        ...fields.map(
          (field) =>
            `| \`${field.name}\`${field.optional ? ' (optional)' : ''} | ${typeOf(field)} | ${field.description ?? ''} |`,
        ),
        '',
      ];

const codeLink = (code: string): string => `[\`${code}\`](errors.md#rejections)`;

const section = (
  name: string,
  { summary, allow, internal, input, success, rejections }: Omit<AnyUseCase, 'handle'>,
) => [
  `### ${name}`,
  '',
  summary,
  '',
  `For ${whoMay(allow)}.${internal ? ' It has no mutation: gateways, imports and operators send it over gRPC.' : ''}`,
  '',
  ...table('Input', fieldsOf(input)),
  ...table('Success', fieldsOf(success)),
  `Rejections: ${rejections.map(codeLink).join(', ')}.`,
  '',
];

it('docs/reference/use-cases.md has every use case', () =>
  expectGenerated(
    'docs/reference/use-cases.md',
    [
      '# Use cases',
      '',
      'All that can be sent to the command services: over GraphQL as a mutation of the same name, and over gRPC as a method. The declarations in `commands/` are the source of this page.',
      '',
      'GraphQL takes a field of the kind `callerId` from the access token. Every use case can also be rejected with `IDEMPOTENCY_KEY_REUSED`, where the caller chose the idempotency key.',
      '',
      ...Object.entries(useCaseGroups).flatMap(([group, { about, useCases }]) => [
        `## ${group}`,
        '',
        about,
        '',
        ...Object.entries<Omit<AnyUseCase, 'handle'>>(useCases).flatMap(([name, declared]) =>
          section(name, declared),
        ),
      ]),
    ].join('\n'),
  ));
