import { given } from '../../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../../tests/support/domain/walk';
import type { AccountId, Instant, PictureId, ProductFamilyId, ProductId, SerialNumber } from '../kernel';
import { money } from '../money';
import type { CurrencyCode } from '../money';
import { product } from '.';
import type {
  ProductCommand,
  ProductDescribed,
  ProductDiscontinued,
  ProductEvent,
  ProductPicture,
  ProductPriceChanged,
  ProductRegistered,
  ProductReinstated,
} from '.';

const productId = '5d0b6c3e-0000-5000-8000-000000000001' as ProductId;
const sellerId = '5d0b6c3e-0000-5000-8000-000000000002' as AccountId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const later = '2026-11-02T10:00:00.000Z' as Instant;
const gbp = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);
const eur = (amountMinor: number) => money(amountMinor, 'EUR' as CurrencyCode);

const texts = { name: 'Harbour lamp', description: 'Brass.', category: 'home' };
const facts = { productId, number: 41 as SerialNumber, sku: 'LAMP-01', ...texts, price: gbp(3450) };

const register: Extract<ProductCommand, { type: 'RegisterProduct' }> = {
  type: 'RegisterProduct',
  ...facts,
  at,
};
const changePrice = (amountMinor: number): ProductCommand => ({
  type: 'ChangeProductPrice',
  productId,
  price: gbp(amountMinor),
  at: later,
});
const describeIt: Extract<ProductCommand, { type: 'DescribeProduct' }> = {
  type: 'DescribeProduct',
  productId,
  ...texts,
  description: 'Brass, with a paper shade.',
  imageUrl: 'https://shop.example/lamp.jpg',
  at: later,
};
const discontinue: ProductCommand = { type: 'DiscontinueProduct', productId, at: later };
const reinstate: ProductCommand = { type: 'ReinstateProduct', productId, at: later };

const registered: ProductRegistered = { type: 'ProductRegistered', data: { ...facts, registeredAt: at } };
const priceChanged = (from: number, to: number): ProductPriceChanged => ({
  type: 'ProductPriceChanged',
  data: { productId, price: gbp(to), previous: gbp(from), changedAt: later },
});
const described: ProductDescribed = {
  type: 'ProductDescribed',
  data: {
    productId,
    ...texts,
    description: 'Brass, with a paper shade.',
    imageUrl: 'https://shop.example/lamp.jpg',
    describedAt: later,
  },
};
const discontinued: ProductDiscontinued = {
  type: 'ProductDiscontinued',
  data: { productId, discontinuedAt: later },
};
const reinstated: ProductReinstated = { type: 'ProductReinstated', data: { productId, reinstatedAt: later } };

const notFound = { code: 'PRODUCT_NOT_FOUND', productId } as const;

describe('RegisterProduct', () => {
  it('registers it', () => given(product, []).when(register).then([registered]));

  it('keeps its picture and its seller', () =>
    given(product, [])
      .when({ ...register, imageUrl: 'https://shop.example/l.jpg', sellerId })
      .then([
        {
          ...registered,
          data: { ...registered.data, imageUrl: 'https://shop.example/l.jpg', sellerId },
        },
      ]));

  it('refuses the same SKU under another number', () =>
    given(product, [registered])
      .when({ ...register, number: 42 as SerialNumber })
      .thenRejected({ code: 'PRODUCT_ALREADY_REGISTERED', productId, sku: 'LAMP-01' }));

  it('refuses a blank SKU', () =>
    given(product, [])
      .when({ ...register, sku: ' ' })
      .thenRejected({ code: 'SKU_EMPTY' }));

  it('refuses a blank name', () =>
    given(product, [])
      .when({ ...register, name: '' })
      .thenRejected({ code: 'NAME_EMPTY' }));

  it.each([0, -1])('refuses a price of %d', (amountMinor) =>
    given(product, [])
      .when({ ...register, price: gbp(amountMinor) })
      .thenRejected({ code: 'PRICE_NOT_POSITIVE', price: gbp(amountMinor) }),
  );
});

describe('WeighProduct', () => {
  const weigh = (weightGrams: number): ProductCommand => ({
    ...{ type: 'WeighProduct', productId, weightGrams, at: later },
  });
  const weighed = (weightGrams: number): ProductEvent => ({
    ...{ type: 'ProductWeighed', data: { productId, weightGrams, weighedAt: later } },
  });

  it('records the weight', () =>
    given(product, [registered])
      .when(weigh(350))
      .then([weighed(350)]));

  it('leaves the same weight alone, also after a new description', () =>
    given(product, [registered, weighed(350), described])
      .when(weigh(350))
      .then([]));

  it.each([0, 0.5, 1_000_001])('refuses a weight of %p grams', (weightGrams) =>
    given(product, [registered])
      .when(weigh(weightGrams))
      .thenRejected({ code: 'WEIGHT_OUT_OF_RANGE', weightGrams, min: 1, max: 1_000_000 }),
  );

  it('does not find an unknown product', () => given(product, []).when(weigh(1)).thenRejected(notFound));
});

describe('SetProductPictures', () => {
  const [one, two] = ['a'.repeat(64) as PictureId, 'b'.repeat(64) as PictureId];
  const shown = (pictureId: PictureId, altEn?: string): ProductPicture => ({
    ...{ pictureId, thumbnailId: 't', width: 800, height: 600, altEn },
  });
  const set = (pictures: readonly ProductPicture[], expected?: readonly PictureId[]): ProductCommand => ({
    ...{ type: 'SetProductPictures', productId, pictures, expected, at: later },
  });
  const wereSet = (
    pictures: readonly ProductPicture[],
    removed: readonly PictureId[] = [],
  ): ProductEvent => ({
    ...{ type: 'ProductPicturesSet', data: { productId, pictures, removed, setAt: later } },
  });

  it('records them in their order, and those that are removed', () => {
    given(product, [registered])
      .when(set([shown(one), shown(two)]))
      .then([wereSet([shown(one), shown(two)])]);
    given(product, [registered, wereSet([shown(one), shown(two)])])
      .when(set([shown(two)], [one, two]))
      .then([wereSet([shown(two)], [one])]);
    given(product, [registered, wereSet([shown(one), shown(two)])])
      .when(set([shown(two), shown(one)]))
      .then([wereSet([shown(two), shown(one)])]);
  });

  it('records other words, and nothing where all is the same', () => {
    given(product, [registered, wereSet([shown(one, 'A lamp.')])])
      .when(set([shown(one, 'A brass lamp.')]))
      .then([wereSet([shown(one, 'A brass lamp.')])]);
    given(product, [registered, wereSet([shown(one, 'A lamp.')])])
      .when(set([shown(one, 'A lamp.')], []))
      .then([]);
  });

  it('keeps them when the words of the product change', () =>
    given(product, [registered, wereSet([shown(one)]), described])
      .when(set([shown(one)]))
      .then([]));

  it('refuses others than the sender has seen', () =>
    given(product, [registered, wereSet([shown(one)])])
      .when(set([shown(two)], []))
      .thenRejected({ code: 'PRODUCT_CHANGED', productId }));

  it('refuses a picture that is named twice, and too many', () => {
    given(product, [registered])
      .when(set([shown(one), shown(one)]))
      .thenRejected({ code: 'PICTURE_REPEATED', pictureId: one });
    const many = Array.from({ length: 9 }, (_, number) => shown(`${number}` as PictureId));
    given(product, [registered])
      .when(set(many))
      .thenRejected({ code: 'PICTURES_TOO_MANY', count: 9, max: 8 });
  });

  it('does not find an unknown product', () => given(product, []).when(set([])).thenRejected(notFound));
});

describe('ChangeProductPrice', () => {
  it('changes it and remembers what it was', () =>
    given(product, [registered])
      .when(changePrice(2990))
      .then([priceChanged(3450, 2990)]));

  it('is refused where the price is not the one that its sender has seen, but for a repeat', () => {
    const expecting = (seen: number) => ({ ...changePrice(100), expectedPrice: gbp(seen) }) as const;
    given(product, [registered])
      .when(expecting(3450))
      .then([priceChanged(3450, 100)]);
    given(product, [registered]).when(expecting(3400)).thenRejected({ code: 'PRODUCT_CHANGED', productId });
    given(product, [registered, priceChanged(3450, 100)])
      .when(expecting(3450))
      .then([]);
  });

  it('leaves the same price alone', () => given(product, [registered]).when(changePrice(3450)).then([]));

  it('changes that of a discontinued product', () =>
    given(product, [registered, discontinued])
      .when(changePrice(100))
      .then([priceChanged(3450, 100)]));

  it('refuses a price of nothing', () =>
    given(product, [registered])
      .when(changePrice(0))
      .thenRejected({ code: 'PRICE_NOT_POSITIVE', price: gbp(0) }));

  it('refuses another currency', () =>
    given(product, [registered])
      .when({ type: 'ChangeProductPrice', productId, price: eur(3450), at: later })
      .thenRejected({ code: 'CURRENCY_CHANGED', was: gbp(1).currency, now: eur(1).currency }));

  it('does not find an unknown product', () =>
    given(product, []).when(changePrice(100)).thenRejected(notFound));
});

describe('DescribeProduct', () => {
  it('describes it again', () => given(product, [registered]).when(describeIt).then([described]));

  it('is refused where the description is not the one that its sender has seen, but for a repeat', () => {
    given(product, [registered])
      .when({ ...describeIt, expected: { ...texts, name: 'Older name' } })
      .thenRejected({ code: 'PRODUCT_CHANGED', productId });
    given(product, [registered])
      .when({ ...describeIt, expected: texts })
      .then([described]);
    given(product, [registered, described])
      .when({ ...describeIt, expected: texts })
      .then([]);
  });

  it('takes the picture away where none is given', () => {
    given(product, [registered, described])
      .when({ type: 'DescribeProduct', productId, ...texts, at: later })
      .then([{ type: 'ProductDescribed', data: { productId, ...texts, describedAt: later } }]);
  });

  it('refuses a blank name', () =>
    given(product, [registered])
      .when({ ...describeIt, name: '\t' })
      .thenRejected({ code: 'NAME_EMPTY' }));

  it('does not find an unknown product', () => given(product, []).when(describeIt).thenRejected(notFound));
});

describe('DiscontinueProduct', () => {
  it('discontinues it', () => given(product, [registered]).when(discontinue).then([discontinued]));

  it('does not find an unknown product', () => given(product, []).when(discontinue).thenRejected(notFound));
});

describe('ReinstateProduct', () => {
  it('reinstates it', () => given(product, [registered, discontinued]).when(reinstate).then([reinstated]));

  it('leaves an active one alone', () => given(product, [registered]).when(reinstate).then([]));

  it('does not find an unknown product', () => given(product, []).when(reinstate).thenRejected(notFound));
});

describe('the unit of a product', () => {
  const set = (unit: string): ProductCommand => ({ type: 'SetProductUnit', productId, unit, at: later });
  const isSet = (unit: string): ProductEvent => ({
    type: 'ProductUnitSet',
    data: { productId, unit, setAt: later },
  });

  it('is set and removed', () => {
    given(product, [registered])
      .when(set('box'))
      .then([isSet('box')]);
    given(product, [registered, isSet('box')])
      .when(set(''))
      .then([isSet('')]);
    given(product, [registered]).when(set('')).then([]);
  });

  it('stays with another description', () =>
    given(product, [registered, isSet('box'), described])
      .when(set('box'))
      .then([]));

  it('is not that of an unknown product', () => given(product, []).when(set('box')).thenRejected(notFound));
});

describe('the family of a product', () => {
  const [familyId, another] = ['f1', 'f2'] as readonly string[] as [ProductFamilyId, ProductFamilyId];
  const values = ['M'];
  const join = (to: ProductFamilyId): ProductCommand => ({
    ...{ type: 'JoinFamily', productId, familyId: to, values, at: later },
  });
  const leave = (claim?: number): ProductCommand => ({
    ...{ type: 'LeaveFamily', productId, familyId, at: later, ...(claim !== undefined && { claim }) },
  });
  const joined = (claim = 1): ProductEvent => ({
    type: 'ProductJoinedFamily',
    data: { productId, familyId, claim, values, joinedAt: later },
  });
  const left = (claim = 1): ProductEvent => ({
    type: 'ProductLeftFamily',
    data: { productId, familyId, claim, leftAt: later },
  });

  it('is joined, by a claim of its own each time', () => {
    given(product, [registered]).when(join(familyId)).then([joined()]);
    given(product, [registered, joined(), left()])
      .when(join(familyId))
      .then([joined(2)]);
  });

  it('is one at a time', () =>
    given(product, [registered, joined()])
      .when(join(another))
      .thenRejected({ code: 'PRODUCT_IN_ANOTHER_FAMILY', productId, familyId }));

  it('is left, by the claim that is meant', () => {
    given(product, [registered, joined()]).when(leave()).then([left()]);
    given(product, [registered, joined(), left(), joined(2)])
      .when(leave(1))
      .then([]);
    given(product, [registered, joined(), left(), joined(2)])
      .when(leave(2))
      .then([left(2)]);
  });

  it('is not that of an unknown product', () => {
    given(product, []).when(join(familyId)).thenRejected(notFound);
    given(product, []).when(leave()).thenRejected(notFound);
  });
});

it('records any command, sent twice, once, and keeps the currency', () =>
  alongEveryWalk(
    product,
    (state): readonly ProductCommand[] => {
      const price = state.status === 'NONE' ? gbp(100) : state.price;
      return [
        register,
        { ...register, number: 43 as SerialNumber },
        changePrice(price.amountMinor),
        changePrice(price.amountMinor + 1),
        { type: 'ChangeProductPrice', productId, price: eur(price.amountMinor), at: later },
        describeIt,
        { ...describeIt, description: state.status === 'NONE' ? '' : `${state.description}.` },
        discontinue,
        reinstate,
      ];
    },
    (step) => {
      recordsOnce(product, step);
      if (step.after.status !== 'NONE') expect(step.after.price.currency).toBe('GBP');
    },
  ));
