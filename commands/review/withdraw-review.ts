import { z } from 'zod';
import { review } from '../../domain/review';
import { demandSelf } from '../authorization';
import { accountIdSchema, parse, reviewIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ reviewId: reviewIdSchema, authorId: accountIdSchema });

/** Takes an opinion back; it may be written anew. */
export const withdrawReview =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'withdrawReview'> =>
  async (input, context) => {
    const { reviewId, authorId } = parse(schema, input);
    demandSelf(context, authorId);
    const executed = await aggregates.execute(
      review,
      reviewId,
      { type: 'WithdrawReview', reviewId, authorId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
