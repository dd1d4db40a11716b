import type { SuccessOf } from '../../commands/port';
import { groupBy } from './group-by';
import type { Plan, PlannedOrder, PlannedRefund } from './plan';
import { refusedAsKnown, refusedWithOrder, type Refused } from './refused';
import { isRefused, type Answer, type Sender } from './send';

/** An order of the list that the platform has, with what it told of it. */
export type TakenOrder = SuccessOf<'importOrder'> & { readonly planned: PlannedOrder };
export type TakenRefund = SuccessOf<'refundOrder'>;

/** What one cancelling invoice gives back, order by order. */
type Cancellation = readonly PlannedRefund[];

/**
 * Gives back what cancelling invoices undo. Which orders those are follows from the lines before, so a list that was changed may
 * have an invoice undo another order than it did: it would then be given back twice. What is known of it is therefore compared
 * first, and where it differs nothing more is given back for that invoice.
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
  /** Customers of whom an order is known otherwise: what was given back of it is not known here. */
  const uncertain = new Set(
    plan.orders.filter(({ reference }) => differing.has(reference)).map(({ customer }) => customer),
  );
  const ordersOf = groupBy(orders.taken, ({ planned }) => planned.customer);

  /** The orders of which the cancelling invoice has given something back before. */
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
    // What is known comes first: where it differs, the rest may be wrong.
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
