import { permissionsOfAll } from '../../../commands/use-case/permissions';
import { fakeReaders, id, ids, shopDocuments } from '../../../tests/support/graphql/edge';
import { guest, type Viewer } from '../access/caller';
import { batched, createLoaders } from './loaders';

const recording = () => {
  const reads: (readonly number[])[] = [];
  const load = batched(async (keys: readonly number[]) => {
    reads.push(keys);
    if (keys.includes(13)) throw new Error('Not that one');
    return new Map(keys.filter((key) => key < 1_000).map((key) => [key, { key }]));
  });
  return { reads, load };
};

describe('loads of one turn', () => {
  it('share one read, which has each key once', async () => {
    const { reads, load } = recording();
    const loaded = await Promise.all([load(1), load(2), load(1), load(5_000)]);
    expect(loaded).toEqual([{ key: 1 }, { key: 2 }, { key: 1 }, undefined]);
    expect(reads).toEqual([[1, 2, 5_000]]);
  });

  it('are read again by the next turn, because nothing is cached', async () => {
    const { reads, load } = recording();
    await load(1);
    await load(1);
    expect(reads).toEqual([[1], [1]]);
  });

  it('are split into reads of at most 500 keys', async () => {
    const { reads, load } = recording();
    const loaded = await Promise.all(Array.from({ length: 700 }, (_, index) => load(100 + index)));
    expect(loaded.map((one) => one?.key)).toEqual(Array.from({ length: 700 }, (_, index) => 100 + index));
    expect(reads.map(({ length }) => length)).toEqual([500, 200]);
  });

  it('fail together, and later loads do not', async () => {
    const { load } = recording();
    const failed = await Promise.allSettled([load(13), load(1)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await load(1)).toEqual({ key: 1 });
  });
});

const signedIn = (
  who: typeof ids.ada,
  ...roles: readonly ('customer' | 'staff' | 'administrator')[]
): Viewer => ({
  ...{ kind: 'account', id: who, email: 'someone@example.com', name: 'Someone', roles, untilMs: Infinity },
  permissions: permissionsOfAll(roles),
});

const owner = signedIn(ids.ada, 'customer');
const viewers: Readonly<Record<string, Viewer>> = {
  'a guest': guest,
  'another customer': signedIn(ids.eve, 'customer'),
  'the owner': owner,
  staff: signedIn(ids.eve, 'staff'),
  'an administrator': signedIn(ids.eve, 'administrator'),
};
const everyone = Object.keys(viewers);
const ownerAndStaff = ['the owner', 'staff', 'an administrator'];

describe('a document', () => {
  const loaders = createLoaders(fakeReaders(shopDocuments(), []), () => id(99));

  it.each([
    ['accounts', ids.ada, ownerAndStaff],
    ['sellers', ids.sam, everyone],
    ['carts', ids.ada, ownerAndStaff],
    ['products', ids.mug, everyone],
    ['orders', ids.order, ownerAndStaff],
    ['shipments', ids.shipment, ownerAndStaff],
    ['warehouses', String(ids.warehouse), everyone],
    ['reviews', ids.review, everyone],
    ['sellerRatings', ids.sam, everyone],
  ] as const)('of %s is loaded only for those who may read it', async (name, key, readers) => {
    const loaded = await Promise.all(
      Object.entries(viewers).map(async ([who, viewer]) => ({
        who,
        document: await loaders[name].load(key.toUpperCase(), viewer),
      })),
    );
    expect(loaded.filter(({ document }) => document?.id === key).map(({ who }) => who)).toEqual(readers);
    expect(loaded.filter(({ document }) => document !== null)).toHaveLength(readers.length);
  });

  it('has the position that it is stored with', async () =>
    expect(await loaders.orders.loadStored(ids.order, owner)).toEqual(shopDocuments().orders[0]));
});
