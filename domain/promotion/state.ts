import { PersistentMap, epochMsOf, unreachable } from '../kernel';
import type { AccountId, Instant, OrderId, PromotionId, StateCodec } from '../kernel';
import type { PromotionRefusal, PromotionStanding } from './commands';
import type { PromotionEvent, PromotionRule } from './events';

/** The use of an order. `heldUntil`: absent once the order is known to exist. */
type Use = { readonly customerId: AccountId; readonly heldUntil?: Instant | undefined };

export type KnownPromotion = {
  readonly status: 'CREATED' | 'STOPPED';
  readonly promotionId: PromotionId;
  readonly rule: PromotionRule;
  readonly uses: PersistentMap<OrderId, Use>;
  /** Those of `uses` whose orders are not known to exist: few, so that a search for lapsed ones is short. */
  readonly unconfirmed: PersistentMap<OrderId, Use>;
  readonly usesOfCustomers: PersistentMap<AccountId, number>;
};

export type PromotionState = { readonly status: 'NONE' } | KnownPromotion;

export const initial: PromotionState = { status: 'NONE' };

/** Returns how a promotion stands at a moment. `stopped`: staff have stopped it. */
export const standingOf = (
  { startsAt, endsAt }: Pick<PromotionRule, 'startsAt' | 'endsAt'>,
  stopped: boolean,
  at: Instant,
): PromotionStanding => {
  if (stopped) return 'STOPPED';
  if (startsAt !== undefined && epochMsOf(at) < epochMsOf(startsAt)) return 'NOT_STARTED';
  return endsAt !== undefined && epochMsOf(at) >= epochMsOf(endsAt) ? 'ENDED' : 'ACTIVE';
};

/** Tests whether the uses of a promotion are counted. */
export const isLimited = ({ usesMax }: PromotionRule): boolean => usesMax !== undefined;

/**
 * Returns the reason why an order cannot use the promotion now: its time, or its limits. An order that has a use already
 * is within the limits.
 */
export const refusalOfUse = (
  { promotionId, status, rule, uses, usesOfCustomers }: KnownPromotion,
  { orderId, customerId, at }: { orderId: OrderId; customerId: AccountId; at: Instant },
): PromotionRefusal | undefined => {
  const state = standingOf(rule, status === 'STOPPED', at);
  if (state !== 'ACTIVE') return { code: 'PROMOTION_NOT_ACTIVE', promotionId, state };
  if (uses.get(orderId) !== undefined) return undefined;
  const { usesMax, usesOfCustomerMax } = rule;
  if (usesOfCustomerMax !== undefined && (usesOfCustomers.get(customerId) ?? 0) >= usesOfCustomerMax)
    return { code: 'PROMOTION_USED_BY_CUSTOMER', promotionId, usesMax: usesOfCustomerMax };
  if (usesMax !== undefined && uses.size >= usesMax)
    return { code: 'PROMOTION_USED_UP', promotionId, usesMax };
  return undefined;
};

/**
 * Returns the orders whose uses were reserved and are not held any more, at most `max`: those of one customer, or of all if
 * absent. It is unknown whether they exist.
 */
export const lapsedUses = (
  { unconfirmed }: KnownPromotion,
  { at, customerId }: { readonly at: Instant; readonly customerId?: AccountId | undefined },
  max: number,
): readonly OrderId[] =>
  unconfirmed
    .entries()
    .filter(([, use]) => customerId === undefined || use.customerId === customerId)
    .filter(([, { heldUntil }]) => heldUntil !== undefined && epochMsOf(at) >= epochMsOf(heldUntil))
    .slice(0, max)
    .map(([orderId]) => orderId);

const withUse = (state: KnownPromotion, orderId: OrderId, use: Use): KnownPromotion => ({
  ...state,
  uses: state.uses.with(orderId, use),
  unconfirmed: state.unconfirmed.with(orderId, use),
  usesOfCustomers: state.usesOfCustomers.with(
    use.customerId,
    (state.usesOfCustomers.get(use.customerId) ?? 0) + 1,
  ),
});

const withoutUse = (state: KnownPromotion, orderId: OrderId, { customerId }: Use): KnownPromotion => {
  const left = (state.usesOfCustomers.get(customerId) ?? 0) - 1;
  return {
    ...state,
    uses: state.uses.without(orderId),
    unconfirmed: state.unconfirmed.without(orderId),
    usesOfCustomers:
      left > 0 ? state.usesOfCustomers.with(customerId, left) : state.usesOfCustomers.without(customerId),
  };
};

const impossible = (event: PromotionEvent, state: PromotionState): never => {
  throw new Error(`${event.type} cannot follow on ${state.status}`);
};

const useOf = (event: PromotionEvent, state: KnownPromotion, orderId: OrderId): Use =>
  state.uses.get(orderId) ?? impossible(event, state);

export const evolve = (state: PromotionState, event: PromotionEvent): PromotionState => {
  if (state.status === 'NONE') {
    if (event.type !== 'PromotionCreated') return impossible(event, state);
    const { promotionId, rule } = event.data;
    const uses = PersistentMap.empty<OrderId, Use>();
    const usesOfCustomers = PersistentMap.empty<AccountId, number>();
    return { status: 'CREATED', promotionId, rule, uses, unconfirmed: uses, usesOfCustomers };
  }
  switch (event.type) {
    case 'PromotionCreated':
      return impossible(event, state);
    case 'PromotionStopped':
      return { ...state, status: 'STOPPED' };
    case 'PromotionUseReserved': {
      const { orderId, customerId, heldUntil } = event.data;
      return withUse(state, orderId, { customerId, heldUntil });
    }
    case 'PromotionUseConfirmed': {
      const { orderId } = event.data;
      const { customerId } = useOf(event, state, orderId);
      const unconfirmed = state.unconfirmed.without(orderId);
      return { ...state, uses: state.uses.with(orderId, { customerId }), unconfirmed };
    }
    case 'PromotionUseReleased': {
      const { orderId } = event.data;
      return withoutUse(state, orderId, useOf(event, state, orderId));
    }
    default:
      return unreachable(event);
  }
};

type Plain =
  | { readonly status: 'NONE' }
  | (Omit<KnownPromotion, 'uses' | 'unconfirmed' | 'usesOfCustomers'> & {
      readonly uses: readonly (readonly [OrderId, Use])[];
      readonly usesOfCustomers: readonly (readonly [AccountId, number])[];
    });

export const snapshot: StateCodec<PromotionState> = {
  toPlain: (state): Plain => {
    if (state.status === 'NONE') return state;
    const { status, promotionId, rule, uses, usesOfCustomers } = state;
    const counted = { uses: uses.entries(), usesOfCustomers: usesOfCustomers.entries() };
    return { status, promotionId, rule, ...counted };
  },
  fromPlain: (plain) => {
    const state = plain as Plain;
    if (state.status === 'NONE') return state;
    const { uses, usesOfCustomers } = state;
    return {
      ...state,
      uses: PersistentMap.of(uses),
      unconfirmed: PersistentMap.of(uses.filter(([, { heldUntil }]) => heldUntil !== undefined)),
      usesOfCustomers: PersistentMap.of(usesOfCustomers),
    };
  },
};
