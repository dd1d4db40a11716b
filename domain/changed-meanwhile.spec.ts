import { given } from '../tests/support/domain/given';
import { orderId, placed } from '../tests/support/domain/orders';
import { account } from './account';
import { addressBook } from './address-book';
import { categories } from './categories';
import type { AnyFact, Decider, PostalAddress } from './kernel';
import { order } from './order';
import { post } from './post';
import { product } from './product';
import { productFamily } from './product-family';
import { review } from './review';

const id = 'one' as never;
const at = '2026-11-02T09:00:00.000Z' as never;

const address = (line1: string): PostalAddress => ({ recipient: 'Ada', line1, city: 'Port', country: 'GB' });
const preferences = { unwanted: [], routes: [], pace: 'at_once' } as const;
const family = { name: 'Shirt', options: [{ name: 'Size', values: ['S', 'M'] }] };
const words = (slug: string) => ({ names: { en: slug, zh: slug }, slug });

type Edit = {
  readonly decider: Decider<never, never, never, never>;
  readonly before: readonly object[];
  readonly command: object;
  /** The field of the command that says what its sender has seen; the present content, and another one. */
  readonly field: string;
  readonly present: unknown;
  readonly other: unknown;
  readonly code?: string;
};

const registered = {
  type: 'AccountRegistered',
  data: {
    accountId: id,
    email: 'ada@example.com',
    name: 'Ada',
    passwordHash: '',
    roles: [],
    registeredAt: at,
  },
};
const productRegistered = {
  type: 'ProductRegistered',
  data: {
    ...{ productId: id, sku: 'MUG', name: 'Mug', description: '', category: 'deck', registeredAt: at },
    price: { amountMinor: 900, currency: 'GBP' },
  },
};
const familyCreated = {
  type: 'ProductFamilyCreated',
  data: { familyId: id, ...family, createdAt: at },
};
const reviewed = {
  ...{ reviewId: id, authorId: id, authorName: 'Ada', subject: { kind: 'product', productId: id } },
  ...{ rating: 4, text: 'Good', writtenAt: at },
};
const answered = {
  ...{ postId: id, authorId: id, authorName: 'Ada', writtenAs: 'SHOP', writtenAt: at },
  ...{ topic: { kind: 'review', reviewId: id }, text: 'Thanks' },
};
const ofProduct = { before: [productRegistered], code: 'PRODUCT_CHANGED', decider: product as never };

const edits: Readonly<Record<string, Edit>> = {
  'an address': {
    decider: addressBook as never,
    before: [
      {
        type: 'AddressAdded',
        data: { accountId: id, addressId: id, address: address('1 Quay'), addedAt: at },
      },
    ],
    command: { type: 'ChangeAddress', accountId: id, addressId: id, address: address('2 Quay'), at },
    ...{ field: 'expected', present: { ...address('1 Quay'), line2: '' }, other: address('3 Quay') },
  },
  'a profile': {
    decider: account as never,
    before: [registered],
    command: { type: 'ChangeProfile', accountId: id, name: 'Ada L.', at },
    ...{ field: 'expected', present: { name: 'Ada' }, other: { name: 'Ada', language: 'zh' } },
  },
  'the preferences of notifications': {
    decider: account as never,
    before: [registered],
    command: { type: 'ChangeNotificationPreferences', accountId: id, unwanted: ['payments'], at },
    ...{ field: 'expected', present: preferences, other: { ...preferences, pace: 'daily' } },
  },
  'a family': {
    decider: productFamily as never,
    before: [familyCreated],
    command: {
      type: 'DescribeProductFamily',
      familyId: id,
      ...family,
      options: [{ name: 'Size', values: [{ value: 'S' }] }],
      at,
    },
    ...{ field: 'expected', present: family, other: { ...family, name: 'Jumper' } },
  },
  'the values of a product of a family': {
    decider: productFamily as never,
    before: [
      familyCreated,
      {
        type: 'ProductVariantAdded',
        data: { familyId: id, productId: id, values: ['S'], claim: 1, options: family.options, addedAt: at },
      },
    ],
    command: { type: 'ChangeVariant', familyId: id, productId: id, values: ['M'], at },
    ...{ field: 'expected', present: ['S'], other: ['L'] },
  },
  'a review': {
    decider: review as never,
    before: [{ type: 'ReviewWritten', data: reviewed }],
    command: { type: 'EditReview', reviewId: id, authorId: id, rating: 2, text: 'Bad', at },
    ...{
      field: 'expected',
      present: { rating: 4, text: 'Good', photoIds: [] },
      other: { rating: 4, text: 'Good', photoIds: ['p'] },
    },
  },
  'the answer to a review': {
    decider: post as never,
    before: [{ type: 'PostWritten', data: answered }],
    command: { type: 'WritePost', ...answered, text: 'Many thanks', at },
    ...{ field: 'expectedText', present: 'Thanks', other: '' },
  },
  'a category': {
    decider: categories as never,
    before: [{ type: 'CategoryAdded', data: { categoryId: id, ...words('cups'), addedAt: at } }],
    command: { type: 'RenameCategory', categoryId: id, ...words('mugs'), at },
    ...{ field: 'expected', present: words('cups'), other: { ...words('cups'), slug: 'beakers' } },
  },
  'the place of a category': {
    decider: categories as never,
    before: [
      { type: 'CategoryAdded', data: { categoryId: id, ...words('cups'), addedAt: at } },
      { type: 'CategoryAdded', data: { categoryId: 'two', ...words('house'), addedAt: at } },
    ],
    command: { type: 'MoveCategory', categoryId: id, parentId: 'two', at },
    ...{ field: 'expected', present: {}, other: { parentId: 'three' } },
  },
  'the destination of an order': {
    decider: order as never,
    before: [{ ...placed, data: { ...placed.data, shipTo: address('1 Quay') } }],
    command: { type: 'ChangeOrderDestination', orderId, destination: { x: 7, y: 8 }, at },
    ...{
      field: 'expected',
      present: { destination: placed.data.destination, shipTo: { ...address('1 Quay'), line2: '' } },
      other: { destination: placed.data.destination, shipTo: address('2 Quay') },
    },
  },
  'the weight of a product': {
    ...ofProduct,
    command: { type: 'WeighProduct', productId: id, weightGrams: 350, at },
    ...{ field: 'expectedWeightGrams', present: 0, other: 300 },
  },
  'the unit of a product': {
    ...ofProduct,
    command: { type: 'SetProductUnit', productId: id, unit: 'box', at },
    ...{ field: 'expectedUnit', present: '', other: 'kg' },
  },
  'the tax category of a product': {
    ...ofProduct,
    command: { type: 'SetProductTaxCategory', productId: id, taxCategory: 'ZERO', at },
    ...{ field: 'expectedTaxCategory', present: 'STANDARD', other: 'REDUCED' },
  },
};

describe.each(Object.entries(edits))('a change of %s', (_thing, edit) => {
  const { decider, before, command, field, present, other, code = 'CHANGED_MEANWHILE' } = edit;
  const when = (seen: object) => given(decider, before as never).when({ ...command, ...seen } as never);
  const changed = decider.decide(
    command as never,
    (before as never[]).reduce(decider.evolve, decider.initial),
  );
  const events: readonly AnyFact[] = changed.ok ? changed.events : [];

  it('is recorded where its sender has seen what is there, or says nothing of it', () => {
    expect(events).toHaveLength(1);
    when({}).then(events as never);
    when({ [field]: present }).then(events as never);
  });

  it('is refused where its sender has seen something else', () =>
    when({ [field]: other }).thenRejected(expect.objectContaining({ code }) as never));

  it('is no error where nothing differs, although its sender has seen something else', () =>
    given(decider, [...before, ...events] as never)
      .when({ ...command, [field]: other } as never)
      .then([]));
});
