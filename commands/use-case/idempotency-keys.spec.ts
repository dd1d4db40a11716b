import {
  ann,
  bob,
  createOrderBench,
  customer,
  furnish,
  idOf,
} from '../../tests/support/commands/order-fixture';
import type { OrderId } from '../../domain/kernel';

const reused = { code: 'IDEMPOTENCY_KEY_REUSED' };
const key = { id: 'key', keyed: true };
const mine = { ...key, as: customer(ann) };

const open = async () => {
  const bench = createOrderBench();
  const { mug, pen } = await furnish(bench);
  const add = { customerId: ann, productId: mug, quantity: 2 };
  return { bench, mug, pen, add };
};

describe('a command under an idempotency key', () => {
  it('happens once, and is answered as the first time', async () => {
    const { bench, add } = await open();
    const first = await bench.send('addToCart', add, mine);
    // The order of fields does not count.
    const { quantity, ...rest } = add;
    expect(await bench.send('addToCart', { quantity, ...rest }, mine)).toEqual(first);
    expect(await bench.count('CartLineAdded')).toBe(1);
    expect(await bench.count('IdempotencyKeyBound')).toBe(1);
  });

  it('is refused with other input, on the same stream', async () => {
    const { bench, pen, add } = await open();
    await bench.demand('addToCart', add, mine);
    expect(await bench.refusal('addToCart', { ...add, quantity: 3 }, mine)).toEqual(reused);
    expect(await bench.refusal('addToCart', { ...add, productId: pen }, mine)).toEqual(reused);
    expect(await bench.count('CartLineAdded')).toBe(1);
  });

  it('is refused with other input that would be an effect on another stream', async () => {
    const { bench, mug, pen } = await open();
    const price = { amountMinor: 900, currency: 'GBP' as never };
    await bench.demand('changeProductPrice', { productId: mug, price }, key);
    expect(await bench.refusal('changeProductPrice', { productId: pen, price }, key)).toEqual(reused);
    expect(await bench.count('ProductPriceChanged')).toBe(1);
  });

  it('is refused for another use case, and to another person', async () => {
    const { bench, add, mug } = await open();
    await bench.demand('addToCart', add, mine);
    expect(await bench.refusal('changeCartLine', add, mine)).toEqual(reused);
    const theirs = { customerId: bob, productId: mug, quantity: 2 };
    expect(await bench.refusal('addToCart', theirs, { ...key, as: customer(bob) })).toEqual(reused);
  });

  it('is refused with other input also where the first one was refused, and in a later life of the process', async () => {
    const { bench } = await open();
    const cancel = (order: string) => ({ orderId: idOf(order) as OrderId });
    expect(await bench.refusal('cancelOrder', cancel('one'), mine)).toMatchObject({
      code: 'ORDER_NOT_FOUND',
    });
    bench.restart();
    expect(await bench.refusal('cancelOrder', cancel('two'), mine)).toEqual(reused);
    expect(await bench.refusal('cancelOrder', cancel('one'), mine)).toMatchObject({
      code: 'ORDER_NOT_FOUND',
    });
  });

  it('has one input of many that come at once', async () => {
    const { bench, add } = await open();
    const sending = Array.from({ length: 20 }, (_, index) =>
      bench.send('addToCart', { ...add, quantity: 1 + (index % 2) }, mine),
    );
    const outcomes = await Promise.all(sending);
    const kinds = outcomes.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(10);
    expect(kinds.filter((kind) => kind === 'rejected')).toHaveLength(10);
    expect(await bench.count('CartLineAdded')).toBe(1);
  });

  it('stores nothing of a password; a repeated sign-up with another password is rejected by the account', async () => {
    const { bench } = await open();
    const eve = { email: 'eve@example.org', password: 'correct horse', name: 'Eve' };
    const guest = { ...key, as: { kind: 'customer', id: 'guest', roles: [] } as const };
    await bench.demand('signUp', eve, guest);
    const guess = { ...eve, password: 'incorrect horse' };
    expect(await bench.refusal('signUp', guess, guest)).toEqual({ code: 'EMAIL_TAKEN' });
    const again = await bench.send('signUp', eve, { ...key, as: customer(ann) });
    expect(again).toMatchObject({ kind: 'accepted' });
    expect(await bench.refusal('signUp', { ...eve, name: 'Adam' }, guest)).toEqual(reused);
  });

  it('has the same fingerprint with any password of a change, so that it says nothing about them', async () => {
    const fingerprintWith = async (currentPassword: string, newPassword: string) => {
      const { bench } = await open();
      const input = { accountId: ann, currentPassword, newPassword };
      await bench.refusal('changePassword', input, mine);
      return (await bench.events()).find(({ type }) => type === 'IdempotencyKeyBound')?.data;
    };
    const one = await fingerprintWith('correct horse', 'battery staple');
    expect(one).toHaveProperty('fingerprint');
    expect(await fingerprintWith('other horse', 'other staple')).toEqual(one);
  });
});

it('a command whose id was not chosen by its sender binds nothing', async () => {
  const { bench, add } = await open();
  await bench.demand('addToCart', add, { id: 'id', as: customer(ann) });
  expect(await bench.count('IdempotencyKeyBound')).toBe(0);
});
