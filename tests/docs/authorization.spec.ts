import { whoMay } from '../../commands/use-case/authorization';
import {
  permissions,
  permissionsOfRole,
  realmOf,
  type Permission,
} from '../../commands/use-case/permissions';
import { roles } from '../../domain/kernel';
import { expectGenerated } from '../support/generated-file';
import {
  callerNames,
  innerRows,
  mutationRows,
  openMatrix,
  queryRows,
  subscriptionRows,
  type Row,
} from '../support/graphql/authorization-matrix';

const line = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (title: string, rows: readonly Row[]): readonly string[] => [
  line(title, 'For', ...callerNames),
  line(...Array.from({ length: callerNames.length + 2 }, () => '---')),
  ...rows.map(({ field, rule, verdicts }) =>
    line(`\`${field}\``, rule === undefined ? '' : whoMay(rule), ...verdicts),
  ),
  '',
];

const rolesOf = (permission: Permission): string =>
  roles.filter((role) => permissionsOfRole(role).includes(permission)).join(', ');

it('docs/reference/authorization.md has what each caller gets of each field, as it was tried', async () => {
  const matrix = await openMatrix();
  const rows = {
    queries: await queryRows(matrix),
    mutations: await mutationRows(matrix),
    subscriptions: await subscriptionRows(matrix),
    inner: await innerRows(matrix),
  };
  await matrix.close();
  expectGenerated(
    'docs/reference/authorization.md',
    [
      '# Authorization',
      '',
      'Who may do what ([ADR 35](../adr/0035-permissions.md)), and in which realm ([ADR 61](../adr/0061-realms.md)). This page is made by trying each field as each caller; a changed rule changes it.',
      '',
      '## Permissions',
      '',
      line('Permission', 'What it permits', 'Roles that have it', 'Realm'),
      line('---', '---', '---', '---'),
      ...Object.entries(permissions).map(([name, meaning]) =>
        line(`\`${name}\``, meaning, rolesOf(name as Permission), realmOf(name as Permission)),
      ),
      '',
      '## Fields',
      '',
      '`yes`: it is answered. `none`: the answer is as if there were no such thing, because it belongs to another account, or there is none. `log in`: `NOT_AUTHENTICATED`. `realm`: `WRONG_REALM`, with a token of another realm ([ADR 61](../adr/0061-realms.md)). `no`: `NOT_PERMITTED`. The owner is the customer of the order, the seller that of the product. All other fields have the rule of the field before them.',
      '',
      ...table('Query', rows.queries),
      ...table('Mutation', rows.mutations),
      ...table('Subscription', rows.subscriptions),
      ...table('Fields with a rule of their own', rows.inner),
    ].join('\n'),
  );
});
