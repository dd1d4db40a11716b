import { Fault } from '../../../platform/faults';
import type { Instant, Role, RoleId } from '../../../domain/kernel';
import { permissionsOfAll } from '../../../commands/use-case/permissions';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { createAccess } from './access';
import type { Viewer } from './caller';

const staffQuery = '{ projections { name } }';

/** An edge that looks up the present roles. */
const open = () => {
  const edge = startEdge({ access: undefined });
  const setRoles = (...roles: Role[]): void => {
    edge.shop.accounts = edge.shop.accounts.map((one) => (one.id === ids.ada ? { ...one, roles } : one));
  };
  const codeOf = async (as: string) =>
    (await edge.ask(staffQuery, { as })).errors?.[0]?.extensions.code ?? 'OK';
  return { edge, setRoles, codeOf };
};

describe('a change of roles', () => {
  it('takes effect at the next request with the same access token', async () => {
    const { edge, setRoles, codeOf } = open();
    const token = await edge.tokenOf(ids.ada, 'customer');
    expect(await codeOf(token)).toBe('NOT_PERMITTED');
    setRoles('customer', 'staff');
    expect(await codeOf(token)).toBe('OK');
    setRoles('customer');
    expect(await codeOf(token)).toBe('NOT_PERMITTED');
    await edge.app.close();
  });

  it('is what the viewer reads of itself', async () => {
    const { edge, setRoles } = open();
    const token = await edge.tokenOf(ids.ada, 'customer');
    const permissionsOf = async (as?: string) =>
      (await edge.ask('{ viewer { permissions } }', as === undefined ? {} : { as })).data?.['viewer'];
    expect(await permissionsOf()).toEqual({ permissions: [] });
    expect(await permissionsOf(token)).toEqual({ permissions: [] });
    setRoles('analyst');
    expect(await permissionsOf(token)).toEqual({ permissions: ['report:read'] });
    await edge.app.close();
  });

  it('reaches the command services, too', async () => {
    const { edge, setRoles } = open();
    const token = await edge.tokenOf(ids.ada, 'staff');
    setRoles('customer');
    const query = 'mutation { logOutEverywhere(input: {}) { __typename } }';
    await edge.ask(query, { as: token });
    expect(edge.commands.sent.at(-1)?.context.principal).toMatchObject({
      kind: 'customer',
      roles: ['customer'],
    });
    await edge.app.close();
  });
});

describe('a role that was defined', () => {
  const clerk = 'clerk' as RoleId;
  const define = (edge: ReturnType<typeof open>['edge'], ...permissions: string[]): void => {
    const at = '2026-11-29T09:00:00.000Z' as Instant;
    edge.shop.definedRoles = [{ id: clerk, name: 'Clerk', permissions, definedAt: at, changedAt: null }];
  };
  const give = (edge: ReturnType<typeof open>['edge']): void => {
    edge.shop.accounts = edge.shop.accounts.map((one) => ({ ...one, definedRoles: [clerk] }));
  };

  it('permits what it says, from the next request on, until it is changed or retired', async () => {
    const { edge, codeOf } = open();
    const token = await edge.tokenOf(ids.ada, 'customer');
    give(edge);
    expect(await codeOf(token)).toBe('NOT_PERMITTED');
    define(edge, 'read-model:*');
    expect(await codeOf(token)).toBe('OK');
    define(edge, 'order:read');
    expect(await codeOf(token)).toBe('NOT_PERMITTED');
    define(edge, '*');
    expect(await codeOf(token)).toBe('OK');
    edge.shop.definedRoles = [];
    expect(await codeOf(token)).toBe('NOT_PERMITTED');
    await edge.app.close();
  });

  it('reaches the command services as patterns, and its bearer acts as staff', async () => {
    const { edge } = open();
    const token = await edge.tokenOf(ids.ada, 'customer');
    give(edge);
    define(edge, 'order:refund', 'stock:*');
    await edge.ask('mutation { logOutEverywhere(input: {}) { __typename } }', { as: token });
    expect(edge.commands.sent.at(-1)?.context.principal).toEqual({
      kind: 'staff',
      id: ids.ada,
      roles: ['customer'],
      permissions: ['order:refund', 'stock:*'],
    });
    await edge.app.close();
  });

  it('is shown with the account', async () => {
    const { edge } = open();
    give(edge);
    define(edge, 'order:refund');
    const asked = await edge.ask('{ me { definedRoles { name permissions } } }', {
      as: await edge.tokenOf(ids.ada, 'customer'),
    });
    expect(asked.data).toEqual({ me: { definedRoles: [{ name: 'Clerk', permissions: ['order:refund'] }] } });
    await edge.app.close();
  });
});

describe('the present roles', () => {
  const viewer = (...roles: Role[]): Viewer => ({
    ...{ kind: 'account', id: ids.ada, email: 'a', name: 'Ada', roles, untilMs: Infinity },
    permissions: permissionsOfAll(roles),
  });
  const accounts = (getMany: () => Promise<never>) => ({
    accounts: { getMany } as never,
    definedRoles: { getMany } as never,
  });
  const away = accounts(() => Promise.reject(new Fault('READ_MODELS_UNAVAILABLE', 'away')));
  const clock = createVirtualClock();

  it('are those of the token while there is no account to be seen', async () => {
    const none = createAccess(
      accounts(async () => [] as never),
      clock,
    );
    expect(await clock.drive(none.present(viewer('staff')))).toEqual(viewer('staff'));
  });

  it('are needed of those who may do more than others, and not of customers while they cannot be read', async () => {
    const access = createAccess(away, clock);
    expect(await clock.drive(access.present(viewer('customer')))).toEqual(viewer('customer'));
    await expect(clock.drive(access.present(viewer('staff')))).rejects.toMatchObject({
      code: 'READ_MODELS_UNAVAILABLE',
    });
    const hanging = createAccess(
      accounts(() => new Promise(() => undefined)),
      clock,
    );
    expect(await clock.drive(hanging.present(viewer('customer')))).toEqual(viewer('customer'));
  });
});
