import { accept, reject } from './kernel';
import type { Decider, Decision, Fact, Instant, PromotionId } from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** The promotion may apply to every order. */
export type AutomaticPromotionAdded = Fact<
  'AutomaticPromotionAdded',
  { promotionId: PromotionId; addedAt: Instant }
>;
export type AutomaticPromotionRemoved = Fact<
  'AutomaticPromotionRemoved',
  { promotionId: PromotionId; removedAt: Instant }
>;

export type AutomaticPromotionsEvent = AutomaticPromotionAdded | AutomaticPromotionRemoved;

export const automaticPromotionsEventTypes = {
  AutomaticPromotionAdded: true,
  AutomaticPromotionRemoved: true,
} as const satisfies Record<AutomaticPromotionsEvent['type'], true>;

type Of = { readonly promotionId: PromotionId; readonly at: Instant };

export type AutomaticPromotionsCommand =
  (Of & { readonly type: 'AddAutomaticPromotion' }) | (Of & { readonly type: 'RemoveAutomaticPromotion' });

export type AutomaticPromotionsRejection = {
  readonly code: 'AUTOMATIC_PROMOTIONS_FULL';
  readonly max: number;
};

/** The promotions that apply without a code, oldest first. One that has ended stays until it is stopped. */
export type AutomaticPromotionsState = { readonly promotionIds: readonly PromotionId[] };

/** The id of the one list, which says what every order has to look at. */
export const automaticPromotionsId = 'all';

/** Every order looks at all of them. */
export const automaticPromotionsMax = 50;

const evolve = (
  { promotionIds }: AutomaticPromotionsState,
  { type, data }: AutomaticPromotionsEvent,
): AutomaticPromotionsState => {
  const others = promotionIds.filter((promotionId) => promotionId !== data.promotionId);
  return { promotionIds: type === 'AutomaticPromotionAdded' ? [...others, data.promotionId] : others };
};

const decide = (
  { type, promotionId, at }: AutomaticPromotionsCommand,
  { promotionIds }: AutomaticPromotionsState,
): Decision<AutomaticPromotionsEvent, AutomaticPromotionsRejection> => {
  const isListed = promotionIds.includes(promotionId);
  if (type === 'RemoveAutomaticPromotion')
    return isListed
      ? accept({ type: 'AutomaticPromotionRemoved', data: { promotionId, removedAt: at } })
      : accept();
  if (isListed) return accept();
  if (promotionIds.length >= automaticPromotionsMax)
    return reject({ code: 'AUTOMATIC_PROMOTIONS_FULL', max: automaticPromotionsMax });
  return accept({ type: 'AutomaticPromotionAdded', data: { promotionId, addedAt: at } });
};

export const automaticPromotions: Decider<
  AutomaticPromotionsState,
  AutomaticPromotionsCommand,
  AutomaticPromotionsEvent,
  AutomaticPromotionsRejection
> = { category: 'automatic_promotions', initial: { promotionIds: [] }, decide, evolve };
