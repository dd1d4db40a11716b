import type { Invocation } from '../command';
import { bar } from '../terminal';
import { planOrders, planProducts } from './plan';
import type { Refused } from './refused';
import type { Report } from './report';
import type { SalesLine } from './sales-line';
import { isRefused, sendAll, type Answer, type Sender } from './send';

/** What came of an import, and the fault that ended it early, if one did. */
export type Imported = { readonly report: Report; readonly fault: Error | undefined };

type Part<Taken> = {
  readonly taken: readonly Taken[];
  readonly refused: readonly Refused[];
  readonly unsent: number;
  readonly fault: Error | undefined;
};

const WIDTH = 32;

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
  const taken = answers.flatMap((answer) => (isRefused(answer) ? [] : [answer.taken]));
  const refused = answers.flatMap((answer) => (isRefused(answer) ? [answer.refused] : []));
  terminal.err(`${taken.length} of ${items.length} ${noun} taken.`);
  return { taken, refused, unsent: items.length - answers.length, fault };
};

/** Brings the catalogue to what the list says last of each product. */
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
    fault,
  };
};

/** Takes the orders, then gives back what was cancelled of them. */
export const importOrders = async (
  lines: readonly SalesLine[],
  sender: Sender,
  invocation: Invocation,
): Promise<Imported> => {
  const plan = planOrders(lines);
  const orders = await sendKind('orders', plan.orders, sender.order, invocation);
  const refunds =
    orders.fault === undefined
      ? await sendKind('refunds', plan.refunds, sender.refund, invocation)
      : { taken: [], refused: [], unsent: plan.refunds.length, fault: orders.fault };
  return {
    report: {
      taken: { orders: orders.taken.length, refunds: refunds.taken.length },
      refusedLines: plan.refusals,
      refused: [...orders.refused, ...refunds.refused],
      unsent: orders.unsent + refunds.unsent,
    },
    fault: refunds.fault,
  };
};
