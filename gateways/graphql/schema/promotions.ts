import type { PromotionId } from '../../../domain/kernel';
import { standingOf, type PromotionStanding } from '../../../domain/promotion';
import { OrderPromotion } from '../../../projections/order-details';
import { Promotion, promotions as created } from '../../../projections/promotions';
import type { EdgeContext } from '../context';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, enumType, objectType } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

const queries: Concept = {
  typeDefs: `
extend type Query {
  "The promotions, the newest first. For staff."
  promotions(${pageArguments}
  ): PromotionConnection
  "A promotion. For staff."
  promotion(
    "The ID of the promotion."
    id: ID!
  ): Promotion
}
`,
  resolvers: {
    Query: {
      promotions: allowed('promotion:read', (args: PageArguments, { services }) =>
        connectionOf(services.readers.promotions.list(), args),
      ),
      promotion: allowed('promotion:read', ({ id }: { readonly id: string }, { loaders, viewer }) =>
        loaders.promotions.load(id, viewer),
      ),
    },
  },
};

const standing = enumType<PromotionStanding>('PromotionStanding', 'The states of a promotion.', {
  NOT_STARTED: 'Its start is to come.',
  ACTIVE: 'It applies, as far as its limits of uses permit.',
  ENDED: 'Its end is over.',
  STOPPED: 'Staff have stopped it for good.',
});

const promotionType = objectType('Promotion', Promotion, {
  readModels: [created],
  fields: {
    standing: {
      type: 'PromotionStanding!',
      description: 'The state of the promotion now.',
      resolve: (promotion: Promotion, _args: object, { services }: EdgeContext) => {
        const { startsAt, endsAt, stoppedAt } = promotion;
        const times = { startsAt: startsAt ?? undefined, endsAt: endsAt ?? undefined };
        return standingOf(times, stoppedAt !== null, services.clock.now());
      },
    },
  },
});

const appliedType = objectType('AppliedPromotion', OrderPromotion);

const shownPromotion = {
  shows: shown(
    'promotion',
    'Promotion',
    ({ promotionId }: { readonly promotionId: PromotionId }, { loaders, viewer }) =>
      loaders.promotions.load(promotionId, viewer),
  ),
};

export const promotionMutations = {
  createPromotion: shownPromotion,
  stopPromotion: shownPromotion,
} satisfies Mutations;

export const promotions: Concept = combined(
  queries,
  standing,
  promotionType,
  appliedType,
  connectionType('Promotion', 'promotions'),
  mutationsConcept(promotionMutations),
);
