import { createExpiry, startPaymentPolls } from '../../../commands/reactors';
import type { OrderId, PaymentId } from '../../../domain/kernel';
import { isSecured, payment, type PaymentRequested } from '../../../domain/payment';
import { memoryLedger, testPaymentProvider, type TestNotice } from '../../../gateways/payments';
import type { PaymentProvider } from '../../../commands/payment';
import type { EventStore } from '../../../platform/event-store';
import { silentLogger } from '../../../platform/telemetry';
import { seededRandom } from '../time/seeded-random';
import { createVirtualClock } from '../time/virtual-clock';
import { buy, createOrderBench, customer, furnish, ann, type Life } from './order-fixture';

export const asAnn = { as: customer(ann) };

/** The payments that were ever requested. */
const requestedIn = async (store: EventStore): Promise<readonly PaymentId[]> => {
  const ids: PaymentId[] = [];
  for await (const event of store.readAll())
    if (event.type === 'PaymentRequested') ids.push((event.data as PaymentRequested['data']).paymentId);
  return ids;
};

/** Lists the payments that wait for a decision, as the read model does. */
const waitingOn =
  (store: EventStore, { aggregates }: Life) =>
  async () => {
    const states = await Promise.all((await requestedIn(store)).map((id) => aggregates.of(payment).load(id)));
    return states.flatMap((state) => {
      if (state.status === 'ACTION_REQUIRED' || state.status === 'PENDING')
        return [{ paymentId: state.paymentId, refundIds: [], captureIds: [] }];
      if (!isSecured(state)) return [];
      const refundIds = [...state.refunds].filter(([, { status }]) => status === 'PENDING').map(([id]) => id);
      const captures = state.status === 'AUTHORISED' ? [...state.captures] : [];
      const captureIds = captures.filter(([, { status }]) => status === 'PENDING').map(([id]) => id);
      const waits = refundIds.length + captureIds.length > 0;
      return waits ? [{ paymentId: state.paymentId, refundIds, captureIds }] : [];
    });
  };

export type PayerBenchOptions = {
  /** Changes the provider, for example loses its answers. */
  readonly provider?: (real: PaymentProvider) => PaymentProvider;
  /** Whether money is held with the order and taken at the dispatch. Default false. */
  readonly takesAtDispatch?: boolean;
  /** Whether the goods are packed, loaded and delivered. Default false. */
  readonly world?: boolean;
  /** The number of mugs that are ordered. Default 1. */
  readonly mugs?: number;
};

/** An unpaid order, the test provider with a payer, and what moved at the provider. */
export const openPayerBench = async ({
  provider: change = (real) => real,
  takesAtDispatch = false,
  world = false,
  mugs = 1,
}: PayerBenchOptions = {}) => {
  const clock = createVirtualClock();
  const ledger = memoryLedger();
  const moved = new Map<
    string,
    { readonly kind: string; readonly key: string; readonly amountMinor: number }
  >();
  const notices: TestNotice[] = [];
  const provider = change(
    testPaymentProvider({
      clock,
      ledger,
      enter: async ({ id, kind, key = '', amountMinor }) => void moved.set(id, { kind, key, amountMinor }),
      notify: async (notice) => void notices.push(notice),
    }),
  );
  const bench = createOrderBench({ clock, provider, world, takesAtDispatch });
  const { mug } = await furnish(bench);
  const orderId = await buy(bench, [[mug, mugs]], { pay: null });

  const stops: (() => Promise<void>)[] = [];
  const openPayment = async (): Promise<PaymentId> => {
    const ids = await requestedIn(bench.store);
    return ids.at(-1)!;
  };

  return {
    bench,
    ledger,
    notices,
    orderId,
    mug,
    openPayment,
    pay: (method: string, id?: string) =>
      bench.send('payOrder', { orderId, paymentMethod: method }, { ...asAnn, id }),
    /** The payer decides on the last payment, at the provider's page. */
    decide: async (by: 'approved' | 'declined') => ledger.note(`ending ${await openPayment()}`, { by }),
    notice: async (paymentId?: PaymentId) =>
      bench.send('recordPaymentNotice', { paymentId: paymentId ?? (await openPayment()) }),
    /** Begins to ask the provider by itself, and to let orders expire. */
    watch: (everyMs?: number): void => {
      const life = bench.life();
      const random = seededRandom(7);
      const common = {
        ...life.payments,
        aggregates: life.aggregates,
        clock,
        random,
        logger: silentLogger,
        everyMs,
      };
      const polls = startPaymentPolls({ ...common, waitingPayments: waitingOn(bench.store, life) });
      const expiry = createExpiry({
        ...common,
        ...{ dueAfterSales: async () => [], dueProductPrices: async () => [] },
        dueOrders: async (): Promise<readonly OrderId[]> => [orderId],
      });
      expiry.start();
      stops.push(
        () => polls.stop(),
        () => expiry.stop(),
      );
    },
    close: async (): Promise<void> => {
      for (const stop of stops.splice(0)) await clock.drive(stop());
    },
    /** Returns what the customer has paid at the provider and not got back, in minor units. */
    balance: (): number =>
      [...moved.values()].reduce(
        (sum, { kind, amountMinor }) => sum + (kind === 'CAPTURE' ? 1 : -1) * amountMinor,
        0,
      ),
    moves: (): number => moved.size,
  };
};
export type PayerBench = Awaited<ReturnType<typeof openPayerBench>>;
