import { given } from '../tests/support/domain/given';
import { automaticPromotions, automaticPromotionsMax } from './automatic-promotions';
import type { Instant, PromotionId } from './kernel';

const at = '2026-03-01T10:00:00.000Z' as Instant;
const promotionId = 'promotion-1' as PromotionId;
const add = { type: 'AddAutomaticPromotion', promotionId, at } as const;
const remove = { type: 'RemoveAutomaticPromotion', promotionId, at } as const;
const added = (id: string) =>
  ({ type: 'AutomaticPromotionAdded', data: { promotionId: id as PromotionId, addedAt: at } }) as const;
const removed = { type: 'AutomaticPromotionRemoved', data: { promotionId, removedAt: at } } as const;
const full = Array.from({ length: automaticPromotionsMax }, (_, index) => added(`other-${index}`));

it('lists a promotion', () =>
  given(automaticPromotions, [])
    .when(add)
    .then([added(promotionId)]));

it('removes it again, once', () =>
  given(automaticPromotions, [added(promotionId)])
    .when(remove)
    .then([removed]));

it('has nothing to remove of what is not listed', () => given(automaticPromotions, []).when(remove).then([]));

it('refuses more than every order can look at', () =>
  given(automaticPromotions, full)
    .when(add)
    .thenRejected({ code: 'AUTOMATIC_PROMOTIONS_FULL', max: automaticPromotionsMax }));

it('has room again after one was removed', () =>
  given(automaticPromotions, [added(promotionId), ...full.slice(1), removed])
    .when(add)
    .then([added(promotionId)]));
