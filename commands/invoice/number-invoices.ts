import { invoice } from '../../domain/invoice';
import { assignedMax, invoiceSeries } from '../../domain/invoice-series';
import type { InvoiceId } from '../../domain/kernel';
import type { CommandContext } from '../../platform/execution';
import { Fault } from '../../platform/faults';
import { commandId } from '../../platform/ids';
import { requireAccepted, requireKnownOutcome } from '../../platform/reactions';
import type { UseCaseDeps } from '../use-case/use-case';

/** Gives drafts their numbers: each the next one of its series, once, without gaps, over all processes. */
export interface InvoiceNumbers {
  /**
   * Resolves when the invoice has its number. It may be called again at any time, in any process.
   *
   * @throws Fault `REVISION_CONFLICT`, `OUTCOME_UNKNOWN` and those of the store: call it again.
   */
  number(series: string, invoiceId: InvoiceId, context: CommandContext): Promise<void>;
}

type Waiting = {
  readonly invoiceId: InvoiceId;
  readonly context: CommandContext;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
};

/** As many processes may assign numbers of one series at once. */
const ATTEMPTS_MAX = 20;

/** The invoices that need numbers, each with the context of the command that wants its number. */
type Wanted = ReadonlyMap<InvoiceId, CommandContext>;

/**
 * Has the invoices of the latest assignment record their numbers. Those before them have, or they would not be before them.
 *
 * @returns the last number of the series.
 */
const recordLatest = async (
  { aggregates, clock }: UseCaseDeps,
  series: string,
  wanted: Wanted,
  context: CommandContext,
): Promise<number> => {
  const { last, latest } = await aggregates.of(invoiceSeries).load(series);
  const first = last - latest.length + 1;
  await Promise.all(
    latest.map(async (invoiceId, index) => {
      const command = {
        ...({ type: 'NumberInvoice', invoiceId, sequence: first + index } as const),
        at: clock.now(),
      };
      // Another process may have assigned it and ended.
      const step = { ...(wanted.get(invoiceId) ?? context), commandId: commandId(invoiceId, 'number') };
      requireAccepted(await aggregates.of(invoice).execute(invoiceId, command, step));
    }),
  );
  return last;
};

/** Returns the invoices without a number. The answers are checked against the store. */
const withoutNumber = async ({ aggregates }: UseCaseDeps, wanted: Wanted): Promise<readonly InvoiceId[]> => {
  const found = await Promise.all(
    [...wanted].map(async ([invoiceId, context]) => {
      const step = { ...context, commandId: commandId(invoiceId, 'demand number') };
      const command = { type: 'DemandNumber', invoiceId } as const;
      const executed = requireKnownOutcome(await aggregates.of(invoice).execute(invoiceId, command, step));
      if (executed.kind === 'rejected' && executed.rejection.code === 'INVOICE_NUMBERED') return [];
      requireAccepted(executed);
      return [invoiceId];
    }),
  );
  return found.flat();
};

/**
 * Numbers some drafts of a series. Two streams cannot be appended together, so each round begins with the steps that a crash may
 * have left out: the invoices of the latest assignment record their numbers. Only then is it asked which of these have none, and
 * the assignment is refused if the series has moved on since. So no invoice gets two numbers, and no number is lost.
 */
const numberAll = async (
  deps: UseCaseDeps,
  series: string,
  wanted: Wanted,
  context: CommandContext,
): Promise<void> => {
  const { aggregates, clock } = deps;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const after = await recordLatest(deps, series, wanted, context);
    const open = await withoutNumber(deps, wanted);
    if (open.length === 0) return;
    const command = {
      ...({ type: 'AssignInvoiceNumbers', series, after, invoiceIds: open } as const),
      at: clock.now(),
    };
    const step = { ...context, commandId: commandId(series, `after ${after} ${open.join()}`) };
    requireAccepted(await aggregates.of(invoiceSeries).execute(series, command, step), [
      'INVOICE_SERIES_MOVED_ON',
    ]);
  }
  throw new Fault('REVISION_CONFLICT', `Other processes kept assigning numbers of ${series}; try again`);
};

/** Creates the numbering. The drafts that wait at one moment share an assignment. */
export const createInvoiceNumbers = (deps: UseCaseDeps): InvoiceNumbers => {
  const queues = new Map<string, Waiting[]>();

  const work = async (series: string, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0, assignedMax);
      const [first] = batch;
      if (first === undefined) break;
      const wanted = new Map(batch.map(({ invoiceId, context }) => [invoiceId, context]));
      try {
        await numberAll(deps, series, wanted, first.context);
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    queues.delete(series);
  };

  return {
    number: (series, invoiceId, context) =>
      new Promise((done, failed) => {
        const waiting = { invoiceId, context, done, failed };
        const queue = queues.get(series);
        if (queue !== undefined) {
          queue.push(waiting);
          return;
        }
        const begun = [waiting];
        queues.set(series, begun);
        void work(series, begun);
      }),
  };
};
