import type { UrlProblem } from '../../platform/http-client';
import type { Principal } from '../../platform/execution';
import { createOrderBench, customer } from '../../tests/support/commands/order-fixture';
import { everyUrl } from '../../tests/support/commands/every-url';

const target = { url: 'https://sam.example/hooks', types: ['order.paid'] };
const staff: Principal = { kind: 'staff', id: 'staff', roles: ['staff'] };

const open = async () => {
  const bench = createOrderBench();
  const account = {
    email: 'sam@shop.example',
    name: 'Sam',
    roles: ['seller'] as const,
    password: 'correct horse',
  };
  const { accountId: sam } = await bench.demand('provisionAccount', account);
  const asSam: Principal = { kind: 'customer', id: sam, roles: ['seller'] };
  return { bench, sam, asSam };
};

describe('the endpoints of an owner', () => {
  it('are changed by merchants for themselves, and by those with the permission for all', async () => {
    const { bench, sam, asSam } = await open();
    await bench.demand('addWebhookEndpoint', target, { as: asSam });
    await bench.demand('addWebhookEndpoint', { ...target, ownerId: sam }, { as: staff });
    await bench.demand('addWebhookEndpoint', { ...target, ownerId: 'platform' }, { as: staff });
    for (const [as, ownerId] of [
      [customer(sam), undefined],
      [asSam, 'platform'],
      [{ ...asSam, id: 'tom' }, sam],
    ] as const) {
      const input = ownerId === undefined ? target : { ...target, ownerId };
      await expect(bench.send('addWebhookEndpoint', input, { as })).rejects.toMatchObject({
        code: 'NOT_PERMITTED',
      });
    }
  });

  it('are not changed by a merchant that staff disabled', async () => {
    const { bench, sam, asSam } = await open();
    const as = { as: customer(sam) };
    await bench.demand('applyAsMerchant', { accountId: sam, shopName: 'Sam’s', reason: 'Mugs' }, as);
    await bench.demand('approveMerchant', { accountId: sam });
    await bench.demand('disableMerchant', { accountId: sam, reason: 'Fraud' });
    await expect(bench.send('addWebhookEndpoint', target, { as: asSam })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
  });

  it('are refused a URL that messages are not sent to, when they are added and when they change', async () => {
    const { bench, asSam } = await open();
    const { endpointId } = await bench.demand('addWebhookEndpoint', target, { as: asSam });
    const before = everyUrl.problemOf;
    everyUrl.problemOf = () => Promise.resolve<UrlProblem | undefined>('not-public');
    try {
      const refused = { code: 'WEBHOOK_URL_REFUSED', url: target.url, problem: 'not-public' };
      expect(await bench.refusal('addWebhookEndpoint', target, { as: asSam })).toEqual(refused);
      const change = { ...target, endpointId };
      expect(await bench.refusal('changeWebhookEndpoint', change, { as: asSam })).toEqual(refused);
    } finally {
      everyUrl.problemOf = before;
    }
  });
});

describe('a signing secret', () => {
  it('is in no event, and a repeated command has the same one', async () => {
    const { bench, asSam } = await open();
    const send = () => bench.demand('addWebhookEndpoint', target, { as: asSam, id: 'one', keyed: true });
    const { secret, endpointId } = await send();
    expect(await send()).toEqual({ secret, endpointId });
    const rotate = () =>
      bench.demand('rotateWebhookSecret', { endpointId }, { as: asSam, id: 'two', keyed: true });
    const rotated = await rotate();
    // Another one at the same moment is the same rotation.
    expect(await bench.demand('rotateWebhookSecret', { endpointId }, { as: asSam })).toEqual(rotated);
    await bench.clock.advance(1);
    await bench.demand('rotateWebhookSecret', { endpointId }, { as: asSam });
    expect(await rotate()).toEqual(rotated);
    const stored = JSON.stringify(await bench.events(), (_name, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(stored).toContain('WebhookSecretRotated');
    for (const one of [secret, rotated.secret]) expect(stored).not.toContain(one.slice('whsec_'.length));
  });

  it('is another one for each endpoint and number', async () => {
    const { bench, asSam } = await open();
    const as = { as: asSam };
    const [first, second] = [
      await bench.demand('addWebhookEndpoint', target, as),
      await bench.demand('addWebhookEndpoint', target, as),
    ];
    const { endpointId } = first;
    const rotated = await bench.demand('rotateWebhookSecret', { endpointId }, as);
    expect(new Set([first.secret, second.secret, rotated.secret]).size).toBe(3);
  });
});
