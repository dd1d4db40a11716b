import type { Principal } from '../../platform/execution';
import { ann, bob, createOrderBench, customer } from '../../tests/support/commands/order-fixture';

const asAnn = { as: customer(ann) };
const guest: Principal = { kind: 'customer', id: 'anonymous', roles: [] };
const harbour = { recipient: 'Ann', line1: '12 Harbour Street', city: 'London', country: 'gb' };

it('an address book belongs to its owner', async () => {
  const bench = createOrderBench();
  const { addressId } = await bench.demand('addAddress', { accountId: ann, ...harbour }, asAnn);
  for (const as of [customer(bob), guest])
    await expect(bench.send('removeAddress', { accountId: ann, addressId }, { as })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
  const inHerName = { accountId: bob, addressId, ...harbour };
  expect(await bench.refusal('changeAddress', inHerName, { as: customer(bob) })).toEqual({
    code: 'ADDRESS_NOT_FOUND',
    addressId,
  });
});

it('an address is added once a command, and its country is a code in capitals', async () => {
  const bench = createOrderBench();
  const once = { ...asAnn, id: 'add' };
  const first = await bench.demand('addAddress', { accountId: ann, ...harbour }, once);
  expect(await bench.demand('addAddress', { accountId: ann, ...harbour }, once)).toEqual(first);
  const added = (await bench.events()).filter(({ type }) => type === 'AddressAdded');
  expect(added.map(({ data }) => (data as { address: object }).address)).toEqual([
    { ...harbour, country: 'GB' },
  ]);
});

it('an address that is too long is refused by the name of its field', async () => {
  const bench = createOrderBench();
  const long = { accountId: ann, ...harbour, postalCode: 'x'.repeat(21) };
  await expect(bench.send('addAddress', long, asAnn)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringMatching(/^postalCode: /) as string,
  });
});
