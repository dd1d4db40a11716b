import type { SuccessOf } from '../../commands';
import { groupBy } from './group-by';
import type { Plan, PlannedOrder, PlannedRefund } from './plan';
import { refusedAsKnown, refusedWithOrder, type Refused } from './refused';
import { isRefused, type Answer, type Sender } from './send';

/** An order of the list that the platform has, with the platform's response. */
export type TakenOrder = SuccessOf<'importOrder'> & { readonly planned: PlannedOrder };
export type TakenRefund = SuccessOf<'refundOrder'>;

/** The refunds of one cancelling invoice, order by order. */
type Cancellation = readonly PlannedRefund[];

/**
 * Refunds the parts of orders that cancelling invoices cancel. The lines before determine the order, so in a changed list an
 * invoice may cancel another order than before, and would be refunded twice. Therefore the refunds of an earlier import are
 * compared first, and where they differ the invoice gets no further refund.
 */
export const createCancellations = (
  plan: Pick<Plan, 'orders' | 'refunds'>,
  orders: { readonly taken: readonly TakenOrder[]; readonly refused: readonly Refused[] },
  sender: Pick<Sender, 'refund' | 'refundIdOf'>,
) => {
  const refusedOrders = new Set(orders.refused.map(({ reference }) => reference));
  const differing = new Set(
    orders.refused.flatMap(({ code, reference }) => (code === 'ORDER_DIFFERS' ? [reference] : [])),
  );
  /** Customers who have an order that differs from the list. Its refunds are not known here. */
  const uncertain = new Set(
    plan.orders.filter(({ reference }) => differing.has(reference)).map(({ customer }) => customer),
  );
  const ordersOf = groupBy(orders.taken, ({ planned }) => planned.customer);

  /** Returns the orders that the cancelling invoice has refunded before. */
  const knownOf = ({ reference, customer }: PlannedRefund): ReadonlySet<string> =>
    new Set(
      (ordersOf.get(customer) ?? [])
        .filter(({ refundIds, planned }) =>
          refundIds.includes(sender.refundIdOf({ reference, undoes: planned.reference })),
        )
        .map(({ planned }) => planned.reference),
    );

  const sendOne = async (
    refund: PlannedRefund,
    otherwise: string | undefined,
  ): Promise<Answer<TakenRefund>> => {
    if (otherwise !== undefined) return { refused: refusedAsKnown(refund, otherwise) };
    if (refusedOrders.has(refund.undoes)) return { refused: refusedWithOrder(refund) };
    return sender.refund(refund);
  };

  const send = async (cancellation: Cancellation): Promise<readonly Answer<TakenRefund>[]> => {
    const [first] = cancellation;
    if (first === undefined) return [];
    if (uncertain.has(first.customer))
      return cancellation.map((planned) => ({ refused: refusedWithOrder(planned) }));
    const known = knownOf(first);
    const planned = new Set(cancellation.map(({ undoes }) => undoes));
    const stray = [...known].find((undone) => !planned.has(undone));
    if (stray !== undefined)
      return cancellation.map((refund) => ({ refused: refusedAsKnown(refund, stray) }));
    const isKnown = ({ undoes }: PlannedRefund): boolean => known.has(undoes);
    const answers: Answer<TakenRefund>[] = [];
    let otherwise: string | undefined;
    // Existing refunds come first: where they differ, the rest may be wrong.
    for (const refund of [
      ...cancellation.filter(isKnown),
      ...cancellation.filter((each) => !isKnown(each)),
    ]) {
      const answer = await sendOne(refund, otherwise);
      answers.push(answer);
      if (isRefused(answer) && isKnown(refund)) otherwise = refund.undoes;
    }
    return answers;
  };

  return { all: [...groupBy(plan.refunds, ({ reference }) => reference).values()], send };
};
