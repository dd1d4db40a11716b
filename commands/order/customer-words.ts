import { z } from 'zod';
import { named, ofKind } from '../use-case/fields';
import { textSchema } from '../use-case/input';

const NOTE_LENGTH_MAX = 1_000;
const MESSAGE_LENGTH_MAX = 500;

const giftSchema = named(
  'Gift',
  'A present for the recipient of an order.',
  z.object({
    message: textSchema(MESSAGE_LENGTH_MAX)
      .min(1)
      .describe('The words to the recipient, which the delivery note has.')
      .exactOptional(),
    withoutPrices: ofKind('flag', z.boolean()).describe('Whether the delivery note says no prices.'),
  }),
);

/** The words that a customer may give with an order. They go to no carrier. */
export const customerWordsFields = {
  noteToSeller: textSchema(NOTE_LENGTH_MAX)
    .min(1)
    .describe('A note to the sellers, which each seller of the order and staff see.')
    .exactOptional(),
  gift: giftSchema.describe('Given where the order is a gift.').exactOptional(),
};
