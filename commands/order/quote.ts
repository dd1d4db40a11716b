import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Instant, OrderId, PostalAddress } from '../../domain/kernel';
import {
  equals,
  money,
  type CurrencyCode,
  type Money,
  type TaxCategory,
  type TaxTerms,
} from '../../domain/money';
import type { OrderPlaced, OrderPromotion, OrderShipping } from '../../domain/order';
import type { Random } from '../../platform/clock';
import { madeInstallationKey } from '../installation-key';
import type { UseCaseDeps } from '../use-case/use-case';
import type { CartToOrder, PlaceOrder, Terms } from './order-of-cart';

/** The parts of a price that differ between two quotes. */
export const quoteDifferences = ['PRICES', 'PROMOTIONS', 'SHIPPING', 'TAX'] as const;
export type QuoteDifference = (typeof quoteDifferences)[number];

/** A price that a cart can be ordered at until a time. It is stored nowhere: its customer has it, signed. */
export type Quote = {
  /** The order of the cart, of which there is one. */
  readonly orderId: OrderId;
  /** The digest of the goods and the coupon, and that of the delivery, for which alone the price is meant. */
  readonly goods: string;
  readonly delivery: string;
  readonly validUntil: Instant;
  readonly total: Money;
  /** Of each line, in the order of the cart: the price of a piece and the discount in minor units, and the tax category. */
  readonly lines: readonly (readonly [
    unitPrice: number,
    discount: number,
    taxCategory: TaxCategory | null,
  ])[];
  readonly promotions: readonly OrderPromotion[];
  readonly shipping?: OrderShipping | undefined;
  readonly taxTerms?: TaxTerms | undefined;
};

/** A change of the form of quotes changes this, and makes the quotes of other versions void. */
const FORM = 'waybill-quote-1';

const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url');

const goodsOf = ({ full: { lines, coupon } }: CartToOrder): string =>
  digestOf([coupon?.promotionId ?? null, lines.map(({ productId, quantity }) => [productId, quantity])]);

/** The fields of an address in one order, because those of the address book have another one. */
const fieldsOf = (address: PostalAddress | undefined): unknown =>
  address &&
  Object.entries(address)
    .filter(([, value]) => value !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

const deliveryOf = ({ destination: { x, y }, shipTo, input }: CartToOrder): string =>
  digestOf([x, y, fieldsOf(shipTo) ?? null, input.shippingMethodId ?? null]);

/** Returns the quote of an order that would be placed so. */
export const quoteOf = (
  cart: CartToOrder,
  { lines, promotions = [], shipping, taxTerms }: PlaceOrder,
  { orderId, total }: OrderPlaced['data'],
  validUntil: Instant,
): Quote => ({
  ...{ orderId, goods: goodsOf(cart), delivery: deliveryOf(cart), validUntil, total },
  lines: lines.map(({ unitPrice, discount, taxCategory = null }) => [
    unitPrice.amountMinor,
    discount?.amountMinor ?? 0,
    taxCategory,
  ]),
  ...{ promotions, shipping, taxTerms },
});

const ofCurrency = (amountMinor: number, { currency }: { readonly currency: CurrencyCode }): Money =>
  money(amountMinor, currency);

/** Returns the price of a piece of a line of a quote; undefined where it has fewer lines. */
export const quotedPrice = ({ lines, total }: Quote, index: number): Money | undefined => {
  const line = lines[index];
  return line && ofCurrency(line[0], total);
};

/** Returns the terms of the order that is placed with the quote. */
export const termsOf = ({ lines, total, promotions, shipping, taxTerms }: Quote): Terms => ({
  lines: lines.map(([unitPrice, discount, taxCategory]) => ({
    unitPrice: ofCurrency(unitPrice, total),
    currentPrice: ofCurrency(unitPrice, total),
    discount: ofCurrency(discount, total),
    // Also where the product has another category by now.
    taxCategory: taxCategory ?? undefined,
  })),
  ...{ promotions, shipping, taxTerms },
});

/** Tests whether the quote is of the present goods of the cart. */
export const isOfGoods = ({ orderId, goods }: Quote, cart: CartToOrder): boolean =>
  orderId === cart.orderId && goods === goodsOf(cart);

/** Tests whether the quote is of the present goods of the cart, and of this delivery. */
export const isQuoteOf = (quote: Quote, cart: CartToOrder): boolean =>
  isOfGoods(quote, cart) && quote.delivery === deliveryOf(cart);

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Returns what differs between two quotes of the same goods and delivery. */
export const differencesOf = (was: Quote, now: Quote): readonly QuoteDifference[] => {
  const pricesOf = ({ lines }: Quote) => lines.map(([unitPrice]) => unitPrice);
  const discountsOf = ({ lines, promotions }: Quote) => [lines.map(([, discount]) => discount), promotions];
  const taxesOf = ({ lines, taxTerms }: Quote) => [lines.map(([, , category]) => category), taxTerms];
  const differs: Readonly<Record<QuoteDifference, boolean>> = {
    PRICES: !isSame(pricesOf(was), pricesOf(now)) || was.total.currency !== now.total.currency,
    PROMOTIONS: !isSame(discountsOf(was), discountsOf(now)),
    SHIPPING: !isSame(was.shipping, now.shipping),
    TAX: !isSame(taxesOf(was), taxesOf(now)),
  };
  // The total follows from these, and is compared because it is what the customer pays.
  if (!Object.values(differs).includes(true) && !equals(was.total, now.total)) return ['PRICES'];
  return quoteDifferences.filter((part) => differs[part]);
};

type KeyDeps = UseCaseDeps & { readonly random: Random };

const keyOf = (deps: KeyDeps): Promise<string> =>
  madeInstallationKey(deps, { name: 'quotes', by: 'quotes', encoding: 'base64url' });

const signatureOf = (content: string, key: string): Buffer =>
  createHmac('sha256', Buffer.from(key, 'base64url')).update(`${FORM}.${content}`).digest();

/** Returns the quote as its customer gets it. */
export const signedQuote = async (deps: KeyDeps, quote: Quote): Promise<string> => {
  const content = Buffer.from(JSON.stringify(quote)).toString('base64url');
  return `${content}.${signatureOf(content, await keyOf(deps)).toString('base64url')}`;
};

/** Returns a quote that this installation has signed; undefined for any other text. */
export const readQuote = async (deps: KeyDeps, text: string): Promise<Quote | undefined> => {
  const [content = '', signature = ''] = text.split('.');
  const given = Buffer.from(signature, 'base64url');
  const expected = signatureOf(content, await keyOf(deps));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return JSON.parse(Buffer.from(content, 'base64url').toString()) as Quote;
};

/** Longer than the quote of a cart with as many lines as it can have. */
const QUOTE_LENGTH_MAX = 100_000;

export const quoteSchema = z.string().max(QUOTE_LENGTH_MAX);
