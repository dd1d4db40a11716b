import {
  accept,
  distanceSquared,
  isBlank,
  isPlace,
  reject,
  unreachable,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type Place,
  type ShippingMethodId,
} from './kernel';
import { isPositive, money, moneyMinorMax, type Money } from './money';

/** The charge of a method. All sums have the currency of `base`. */
export type ShippingRates = {
  readonly base: Money;
  /** Added for each kilogram of the goods, in proportion to the grams. */
  readonly perKilogram?: Money | undefined;
  /** Added for each field of the World's grid between `origin` and the destination. */
  readonly perDistance?: Money | undefined;
  /** The place from which the distance is measured; present only with `perDistance`. */
  readonly origin?: Place | undefined;
  /** The price of the goods from which the method costs nothing. */
  readonly freeFrom?: Money | undefined;
};

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type ShippingMethodOffered = Fact<
  'ShippingMethodOffered',
  { shippingMethodId: ShippingMethodId; name: string; rates: ShippingRates; offeredAt: Instant }
>;
/** Orders that were placed with the method keep their charge. */
export type ShippingMethodWithdrawn = Fact<
  'ShippingMethodWithdrawn',
  { shippingMethodId: ShippingMethodId; withdrawnAt: Instant }
>;

export type ShippingMethodsEvent = ShippingMethodOffered | ShippingMethodWithdrawn;

export const shippingMethodsEventTypes = {
  ShippingMethodOffered: true,
  ShippingMethodWithdrawn: true,
} as const satisfies Record<ShippingMethodsEvent['type'], true>;

type Of = { readonly shippingMethodId: ShippingMethodId; readonly at: Instant };
type OfferShippingMethod = Of & {
  readonly type: 'OfferShippingMethod';
  readonly name: string;
  readonly rates: ShippingRates;
};

export type ShippingMethodsCommand = OfferShippingMethod | (Of & { readonly type: 'WithdrawShippingMethod' });

export type ShippingMethodsRejection =
  | { readonly code: 'SHIPPING_METHOD_INVALID'; readonly field: 'name' | keyof ShippingRates }
  | { readonly code: 'SHIPPING_METHODS_FULL'; readonly max: number };

export type ShippingMethod = {
  readonly shippingMethodId: ShippingMethodId;
  readonly name: string;
  readonly rates: ShippingRates;
};

/** The methods that are offered, in the order in which they were. */
export type ShippingMethodsState = { readonly methods: readonly ShippingMethod[] };

/** The id of the one list, which every order has to look at. */
export const shippingMethodsId = 'all';

/** Customers choose from all of them. */
export const shippingMethodsMax = 20;

const evolve = ({ methods }: ShippingMethodsState, event: ShippingMethodsEvent): ShippingMethodsState => {
  const { shippingMethodId } = event.data;
  switch (event.type) {
    case 'ShippingMethodOffered': {
      const { name, rates } = event.data;
      return { methods: [...methods, { shippingMethodId, name, rates }] };
    }
    case 'ShippingMethodWithdrawn':
      return { methods: methods.filter((method) => method.shippingMethodId !== shippingMethodId) };
    default:
      return unreachable(event);
  }
};

const wrongField = ({ name, rates }: OfferShippingMethod): 'name' | keyof ShippingRates | undefined => {
  const { base, perDistance, origin, freeFrom } = rates;
  if (isBlank(name)) return 'name';
  // A method may be free of charge, and no charge pays the customer.
  if (base.amountMinor < 0) return 'base';
  for (const field of ['perKilogram', 'perDistance', 'freeFrom'] as const) {
    const sum = rates[field];
    if (sum !== undefined && (!isPositive(sum) || sum.currency !== base.currency)) return field;
  }
  // A distance has two ends, and one that costs nothing is not measured.
  if ((perDistance === undefined) !== (origin === undefined)) return 'origin';
  if (origin !== undefined && !isPlace(origin)) return 'origin';
  // What is free anyway has no threshold.
  const isFree = base.amountMinor === 0 && rates.perKilogram === undefined && perDistance === undefined;
  return isFree && freeFrom !== undefined ? 'freeFrom' : undefined;
};

const decide = (
  command: ShippingMethodsCommand,
  { methods }: ShippingMethodsState,
): Decision<ShippingMethodsEvent, ShippingMethodsRejection> => {
  const { shippingMethodId, at } = command;
  const isOffered = methods.some((method) => method.shippingMethodId === shippingMethodId);
  switch (command.type) {
    case 'OfferShippingMethod': {
      // The id is derived from the command, so this is a repeat of it.
      if (isOffered) return accept();
      const field = wrongField(command);
      if (field !== undefined) return reject({ code: 'SHIPPING_METHOD_INVALID', field });
      if (methods.length >= shippingMethodsMax)
        return reject({ code: 'SHIPPING_METHODS_FULL', max: shippingMethodsMax });
      const { name, rates } = command;
      return accept({
        type: 'ShippingMethodOffered',
        data: { shippingMethodId, name, rates, offeredAt: at },
      });
    }
    case 'WithdrawShippingMethod':
      return isOffered
        ? accept({ type: 'ShippingMethodWithdrawn', data: { shippingMethodId, withdrawnAt: at } })
        : accept();
    default:
      return unreachable(command);
  }
};

/** The ways in which goods are sent, with what each costs. */
export const shippingMethods: Decider<
  ShippingMethodsState,
  ShippingMethodsCommand,
  ShippingMethodsEvent,
  ShippingMethodsRejection
> = { category: 'shipping_methods', initial: { methods: [] }, decide, evolve };

/** Returns the straight distance between two places in fields of the grid, a part of a field counted as a whole one. */
const distanceBetween = (from: Place, to: Place): bigint => {
  const squared = distanceSquared(from, to);
  // The root as a double is off by at most one; the steps make it exact.
  let root = BigInt(Math.round(Math.sqrt(Number(squared))));
  while (root * root < squared) root += 1n;
  while (root > 0n && (root - 1n) * (root - 1n) >= squared) root -= 1n;
  return root;
};

/** Goods that are about to be sent. `price`: after all discounts. */
export type Consignment = {
  readonly price: Money;
  readonly grams: number;
  /** Absent while the customer has not given it. */
  readonly destination?: Place | undefined;
};

/**
 * Returns what sending the goods costs by the method: a started minor unit counts as a whole one, and a charge above the
 * highest sum is that sum, which no order can contain.
 *
 * @returns undefined where the charge depends on a destination that is not given, or not on the grid, or the price has another
 * currency.
 */
export const shippingChargeOf = (
  { base, perKilogram, perDistance, origin, freeFrom }: ShippingRates,
  { price, grams, destination }: Consignment,
): Money | undefined => {
  const { currency } = base;
  if (price.currency !== currency) return undefined;
  if (freeFrom !== undefined && price.amountMinor >= freeFrom.amountMinor) return money(0, currency);
  if (origin !== undefined && (destination === undefined || !isPlace(destination))) return undefined;
  const ofWeight = BigInt(perKilogram?.amountMinor ?? 0) * BigInt(grams);
  const ofDistance =
    origin === undefined || destination === undefined
      ? 0n
      : BigInt(perDistance?.amountMinor ?? 0) * distanceBetween(origin, destination);
  const charge = BigInt(base.amountMinor) + (ofWeight + 999n) / 1_000n + ofDistance;
  return money(charge > BigInt(moneyMinorMax) ? moneyMinorMax : Number(charge), currency);
};
