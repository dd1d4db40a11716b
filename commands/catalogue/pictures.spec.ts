import type { AccountId, Millis, PictureId, ProductId, ReviewId } from '../../domain/kernel';
import { picture } from '../../domain/picture';
import { memoryFileStore } from '../../platform/files';
import { rootContext, type Principal } from '../../platform/execution';
import { seededRandom } from '../../tests/support/time/seeded-random';
import {
  createOrderBench,
  customer,
  gbp,
  idOf,
  system,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';
import { removeUnusedPicture } from '../reactors/unused-pictures';

const sam = idOf('sam') as AccountId;
const seller: Principal = { kind: 'customer', id: sam, roles: ['customer', 'seller'] };
const pictureId = 'a'.repeat(64) as PictureId;
const another = 'c'.repeat(64) as PictureId;
const thumbnailId = 'b'.repeat(64);
const HOUR = 3_600_000;

const random = seededRandom(99);

let bench: OrderBench;
let productId: ProductId;
let files: ReturnType<typeof memoryFileStore>;
let removedFiles: string[];

const upload = (id = pictureId) =>
  bench.demand(
    'recordUpload',
    { uploaderId: sam, pictureId: id, thumbnailId, width: 800, height: 600, bytes: 9_000 },
    { as: seller },
  );

const set = (...ids: readonly PictureId[]) =>
  bench.demand(
    'setProductPictures',
    { productId, pictures: ids.map((id) => ({ pictureId: id })) },
    { as: seller },
  );

const sweep = () => {
  const { clock } = bench;
  const { aggregates } = bench.life();
  const remove = async (name: string): Promise<void> => {
    removedFiles.push(name);
    await files.remove(name);
  };
  return clock.drive(removeUnusedPicture(pictureId, { aggregates, clock, random, files: { remove } }));
};

/** Begins after so many turns of the event loop, so that each round meets another moment of what runs beside it. */
const afterTurns = async <Result>(turns: number, work: () => Promise<Result>): Promise<Result> => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
  return work();
};

const statusOf = async (id = pictureId): Promise<string> =>
  (await bench.clock.drive(bench.life().aggregates.of(picture).load(id))).status;

beforeEach(async () => {
  bench = createOrderBench();
  files = memoryFileStore();
  removedFiles = [];
  ({ productId } = await bench.demand(
    'registerProduct',
    { sku: 'MUG', name: 'Mug', description: '', category: 'kitchen', price: gbp(500), sellerId: sam },
    { as: seller },
  ));
});

describe('the pictures of a product', () => {
  it('are recorded with what a page needs, and with words', async () => {
    await upload();
    await bench.demand(
      'setProductPictures',
      { productId, pictures: [{ pictureId, altEn: ' A mug. ', altZh: ' ' }] },
      { as: seller },
    );
    const recorded = (await bench.events()).find(({ type }) => type === 'ProductPicturesSet');
    expect(recorded?.data).toMatchObject({
      pictures: [{ pictureId, thumbnailId, width: 800, height: 600, altEn: 'A mug.' }],
      removed: [],
    });
  });

  it('are uploaded before', async () => {
    const input = { productId, pictures: [{ pictureId }] };
    expect(await bench.refusal('setProductPictures', input, { as: seller })).toEqual({
      ...{ code: 'PICTURE_NOT_FOUND', pictureId },
    });
  });

  it('are at most eight, which claims none of more', async () => {
    const pictures = Array.from({ length: 9 }, () => ({ pictureId }));
    expect(await bench.refusal('setProductPictures', { productId, pictures }, { as: seller })).toEqual({
      ...{ code: 'PICTURES_TOO_MANY', count: 9, max: 8 },
    });
    expect(await bench.count('PictureClaimed')).toBe(0);
  });

  it('are set by its seller alone', async () => {
    await upload();
    const eve: Principal = { kind: 'customer', id: idOf('eve'), roles: ['customer', 'seller'] };
    await expect(
      bench.demand('setProductPictures', { productId, pictures: [{ pictureId }] }, { as: eve }),
    ).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });

  it('are not those that another person has set meanwhile', async () => {
    await upload();
    await upload(another);
    await set(pictureId);
    const late = { productId, pictures: [{ pictureId: another }], expectedPictureIds: [] };
    expect(await bench.refusal('setProductPictures', late, { as: seller })).toMatchObject({
      code: 'PRODUCT_CHANGED',
    });
  });
});

describe('the photos of a review', () => {
  let reviewId: ReviewId;
  let authorId: AccountId;

  const write = async (...photoIds: PictureId[]) => {
    const subject = { kind: 'product', productId } as const;
    const input = { authorId, subject, rating: 4, text: '', photoIds };
    ({ reviewId } = await bench.demand('writeReview', input, { as: customer(authorId) }));
  };
  beforeEach(async () => {
    const details = { email: 'ada@shop.example', password: 'correct horse', name: 'Ada' };
    const guest: Principal = { kind: 'customer', id: 'anonymous', roles: [] };
    authorId = (await bench.demand('signUp', details, { as: guest })).account.id;
  });

  it('are kept with it, and removed after it was withdrawn', async () => {
    await upload();
    await write(pictureId);
    await bench.clock.advance((30 * HOUR) as Millis);
    await sweep();
    expect(await statusOf()).toBe('KEPT');
    await bench.demand('withdrawReview', { reviewId, authorId }, { as: customer(authorId) });
    await sweep();
    expect(await statusOf()).toBe('REMOVED');
  });

  it('are claimed for an own review alone', async () => {
    await upload();
    await write();
    const edit = { reviewId, authorId: sam, rating: 1, text: '', photoIds: [pictureId] };
    expect(await bench.refusal('editReview', edit, { as: seller })).toMatchObject({
      code: 'REVIEW_NOT_FOUND',
    });
    expect(await bench.count('PictureClaimed')).toBe(0);
  });

  it('are at most four, which claims none of more', async () => {
    const photoIds = Array.from({ length: 5 }, () => pictureId);
    const subject = { kind: 'product', productId } as const;
    const input = { authorId, subject, rating: 4, text: '', photoIds };
    expect(await bench.refusal('writeReview', input, { as: customer(authorId) })).toEqual({
      ...{ code: 'PICTURES_TOO_MANY', count: 5, max: 4 },
    });
    expect(await bench.count('PictureClaimed')).toBe(0);
  });
});

describe('a picture that nothing names', () => {
  it('is removed a day after its upload, with its files', async () => {
    await upload();
    await bench.clock.advance((23 * HOUR) as Millis);
    await sweep();
    expect(await statusOf()).toBe('KEPT');
    await bench.clock.advance((2 * HOUR) as Millis);
    await sweep();
    expect(await statusOf()).toBe('REMOVED');
    expect(removedFiles).toEqual([`${pictureId}-${thumbnailId}`, pictureId]);
  });

  it('is removed when its product has others', async () => {
    await upload();
    await upload(another);
    await set(pictureId);
    await bench.clock.advance((30 * HOUR) as Millis);
    await sweep();
    expect(await statusOf()).toBe('KEPT');
    await set(another);
    await sweep();
    expect([await statusOf(), await statusOf(another)]).toEqual(['REMOVED', 'KEPT']);
  });

  it('stays while a command that has claimed it may still name it', async () => {
    await upload();
    await bench.clock.advance((30 * HOUR) as Millis);
    const { aggregates } = bench.life();
    const at = bench.clock.now();
    const owner = `product:${productId}` as const;
    const claim = { type: 'ClaimPicture', pictureId, owner, at } as const;
    await bench.clock.drive(
      aggregates.of(picture).execute(pictureId, claim, rootContext(idOf('claim'), system)),
    );
    await sweep();
    expect(await statusOf()).toBe('KEPT');
    await bench.clock.advance((2 * HOUR) as Millis);
    await sweep();
    expect(await statusOf()).toBe('REMOVED');
  });

  it('is either named or removed, whichever comes first, when both happen at once', async () => {
    const outcomes = new Set<boolean>();
    for (let round = -20; round < 20; round += 1) {
      bench = createOrderBench();
      ({ productId } = await bench.demand(
        'registerProduct',
        { sku: 'MUG', name: 'Mug', description: '', category: 'kitchen', price: gbp(500), sellerId: sam },
        { as: seller },
      ));
      await upload();
      await bench.clock.advance((30 * HOUR) as Millis);
      const [named] = await Promise.all([
        afterTurns(round, () => set(pictureId)).then(
          () => true,
          () => false,
        ),
        afterTurns(-round, sweep),
      ]);
      expect(await statusOf()).toBe(named ? 'KEPT' : 'REMOVED');
      outcomes.add(named);
    }
    expect(outcomes.size).toBe(2);
  });

  it('can be uploaded again after its removal, and not during it', async () => {
    await upload();
    await bench.clock.advance((30 * HOUR) as Millis);
    files.remove = () => Promise.reject(new Error('The disk is away'));
    await expect(sweep()).rejects.toThrow('The disk is away');
    const again = { uploaderId: sam, pictureId, thumbnailId, width: 800, height: 600, bytes: 9_000 };
    expect(await bench.refusal('recordUpload', again, { as: seller })).toEqual({
      ...{ code: 'PICTURE_BEING_REMOVED', pictureId },
    });
    files = memoryFileStore();
    await sweep();
    await upload();
    expect(await statusOf()).toBe('KEPT');
  });
});
