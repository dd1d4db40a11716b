import type { OrderId } from '../../domain/kernel';
import type { Invocation } from '../program/command';
import { bar } from '../program/terminal';
import { createCancellations, type TakenOrder, type TakenRefund } from './cancellations';
import { planOrders, planProducts, type Plan, type PlannedOrder } from './plan';
import type { Refused } from './refused';
import type { Novelty, Report } from './report';
import type { SalesLine } from './sales-line';
import { isRefused, sendAll, type Answer, type Sender } from './send';

/** The result of an import, and the fault that ended it early, if any. */
export type Imported = {
  readonly report: Report;
  /** The orders of the list that the platform has, new or existing. */
  readonly orderIds: readonly OrderId[];
  readonly fault: Error | undefined;
};

type Part<Taken> = {
  readonly taken: readonly Taken[];
  readonly refused: readonly Refused[];
  readonly unsent: number;
  readonly fault: Error | undefined;
};

const WIDTH = 32;

const sortAnswers = <Taken>(answers: readonly Answer<Taken>[]): Pick<Part<Taken>, 'taken' | 'refused'> => ({
  taken: answers.flatMap((answer) => (isRefused(answer) ? [] : [answer.taken])),
  refused: answers.flatMap((answer) => (isRefused(answer) ? [answer.refused] : [])),
});

const sendKind = async <Item, Taken>(
  noun: string,
  items: readonly Item[],
  send: (item: Item) => Promise<Answer<Taken>>,
  { terminal, signal }: Invocation,
): Promise<Part<Taken>> => {
  const { answers, fault } = await sendAll(items, send, {
    width: WIDTH,
    signal,
    onProgress: (done) => terminal.progress(bar(done, items.length, noun)),
  });
  const sorted = sortAnswers(answers);
  terminal.err(`${sorted.taken.length} of ${items.length} ${noun} taken.`);
  return { ...sorted, unsent: items.length - answers.length, fault };
};

/** Changes the catalogue to the latest values of each product in the list. */
export const importProducts = async (
  lines: readonly SalesLine[],
  sender: Sender,
  invocation: Invocation,
): Promise<Imported> => {
  const { taken, refused, unsent, fault } = await sendKind(
    'products',
    planProducts(lines),
    sender.product,
    invocation,
  );
  const count = (wanted: string): number => taken.filter(({ change }) => change === wanted).length;
  const products = { new: count('new'), changed: count('changed'), unchanged: count('unchanged') };
  return {
    report: { taken: { products: taken.length }, products, refusedLines: [], refused, unsent },
    orderIds: [],
    fault,
  };
};

/** Refunds what was cancelled, one cancelling invoice after the other. */
const sendRefunds = async (
  plan: Plan,
  orders: Part<TakenOrder>,
  { sender, invocation }: { readonly sender: Sender; readonly invocation: Invocation },
): Promise<Part<TakenRefund>> => {
  const cancellations = createCancellations(plan, orders, sender);
  const { terminal, signal } = invocation;
  const total = plan.refunds.length;
  let done = 0;
  const { answers, fault } = await sendAll(cancellations.all, cancellations.send, {
    width: WIDTH,
    signal,
    onProgress: () => terminal.progress(bar(++done, cancellations.all.length, 'cancellations')),
  });
  const sent = sortAnswers(answers.flat());
  terminal.err(`${sent.taken.length} of ${total} refunds taken.`);
  return { ...sent, unsent: total - answers.flat().length, fault };
};

const noveltyOf = (taken: readonly { readonly change: 'new' | 'known' }[]): Novelty => {
  const known = taken.filter(({ change }) => change === 'known').length;
  return { new: taken.length - known, known };
};

/** Imports the orders, then refunds the cancelled parts. */
export const importOrders = async (
  lines: readonly SalesLine[],
  sender: Sender,
  invocation: Invocation,
): Promise<Imported> => {
  const plan = planOrders(lines);
  const takeOrder = async (planned: PlannedOrder): Promise<Answer<TakenOrder>> => {
    const answer = await sender.order(planned);
    return isRefused(answer) ? answer : { taken: { ...answer.taken, planned } };
  };
  const orders = await sendKind<PlannedOrder, TakenOrder>('orders', plan.orders, takeOrder, invocation);
  const refunds =
    orders.fault === undefined
      ? await sendRefunds(plan, orders, { sender, invocation })
      : { taken: [], refused: [], unsent: plan.refunds.length, fault: orders.fault };
  return {
    report: {
      taken: { orders: orders.taken.length, refunds: refunds.taken.length },
      orders: noveltyOf(orders.taken),
      refunds: noveltyOf(refunds.taken),
      refusedLines: plan.refusals,
      refused: [...orders.refused, ...refunds.refused],
      unsent: orders.unsent + refunds.unsent,
    },
    orderIds: orders.taken.map(({ orderId }) => orderId),
    fault: refunds.fault,
  };
};
