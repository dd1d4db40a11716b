import { orderVocabularies, type OrderVocabularyName } from '../../../domain/order';
import type { EdgeContext, OrderShown } from '../context';
import { orderNumberOf } from './after-sales';
import { combined, enumType } from './object-type';
import type { Concept } from './resolvers';

const vocabulary = enumType<OrderVocabularyName>(
  'OrderVocabulary',
  'The vocabulary of another kind of shop.',
  Object.fromEntries(Object.entries(orderVocabularies).map(([name, { about }]) => [name, about])) as Readonly<
    Record<OrderVocabularyName, string>
  >,
);

type InVocabulary = { readonly vocabulary: OrderVocabularyName };

const statusIn = async (
  order: OrderShown,
  { vocabulary: name }: InVocabulary,
  context: EdgeContext,
): Promise<string | null> => {
  const word = orderVocabularies[name].words[order.status];
  if (name !== 'MERCHANT_BACK_END' || word === null) return word;
  return String(await orderNumberOf(order, context));
};

const ofOrder: Concept = {
  typeDefs: `
extend type Order {
  "The status in the words of another kind of shop; null where it has no word for it."
  statusIn(
    "The vocabulary."
    vocabulary: OrderVocabulary!
  ): String
}
`,
  resolvers: { Order: { statusIn } },
};

/** The status of an order in the words of other shops. */
export const orderVocabulariesConcept: Concept = combined(vocabulary, ofOrder);
