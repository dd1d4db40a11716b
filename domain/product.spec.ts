import { given } from '../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../tests/support/domain/walk';
import type { AccountId, Instant, ProductId, SerialNumber } from './kernel';
import { money } from './money';
import type { CurrencyCode } from './money';
import { product } from './product';
import type {
  ProductCommand,
  ProductDescribed,
  ProductDiscontinued,
  ProductPriceChanged,
  ProductRegistered,
  ProductReinstated,
} from './product';

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

describe('ChangeProductPrice', () => {
  it('changes it and remembers what it was', () =>
    given(product, [registered])
      .when(changePrice(2990))
      .then([priceChanged(3450, 2990)]));

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
