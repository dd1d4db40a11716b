import { z } from 'zod';
import { review } from '../../domain/review';
import { demandSelf } from '../authorization';
import { accountIdSchema, parse, reviewIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { reviewTextSchema } from './write-review';

const schema = z.object({
  reviewId: reviewIdSchema,
  authorId: accountIdSchema,
  rating: z.number(),
  text: reviewTextSchema,
});

/** Changes what the author thinks. */
export const editReview =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'editReview'> =>
  async (input, context) => {
    const { reviewId, authorId, rating, text } = parse(schema, input);
    demandSelf(context, authorId);
    const executed = await aggregates.execute(
      review,
      reviewId,
      { type: 'EditReview', reviewId, authorId, rating, text, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
