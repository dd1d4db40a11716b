export { applicableRejections, loadOffer } from './load-offer';
export type { OfferOfCart } from './load-offer';
export { promotionUseCases } from './promotion-use-cases';
export { reserveUses } from './reserve-uses';
