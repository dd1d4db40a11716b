import type { CommandClient, InputOf, Outcome, SuccessOf, UseCaseName } from '../../commands';
import type { CommandContext, Principal } from '../../platform/execution';
import { instantOf, type Place, type RefundId } from '../../domain/kernel';
import { money, type CurrencyCode } from '../../domain/money';
import type { Position } from '../../platform/event-store';
import { Fault, isFault } from '../../platform/faults';
import { commandId, orderIdOfImport, productId, refundId, uuidV5 } from '../../platform/ids';
import type { Planned, PlannedOrder, PlannedProduct, PlannedRefund } from './plan';
import { refusedBy, unaskable, type Refused } from './refused';

/** The name of an import and its options. */
export type ImportSettings = {
  /** The name of the list. Ids of orders, refunds and customers contain it, so that a second run finds those of the first. */
  readonly source: string;
  /** Identifies this run: a price may change and change back from one run to the next. */
  readonly run: string;
  readonly currency: CurrencyCode;
  readonly paymentMethod: string;
  /** The destination of a customer's parcels, where the list has none. */
  readonly destinationOf: (customer: string) => Place;
};

/** The namespace of customers whose names are too long for an address. */
const CUSTOMERS = '3f6a35c4-9d1e-5b0c-8f57-1c2f0c1d6a42';

const importer: Principal = { kind: 'staff', id: 'import', roles: ['staff', 'administrator'] };

/** The longest address that an account may have. */
const EMAIL_LENGTH_MAX = 254;
const NAME_LENGTH_MAX = 200;

/**
 * Returns the e-mail address of a customer of the list, who has no account here. The address cannot exist. It is in lower case,
 * as accounts store addresses. A name that is too long for an address is replaced by a digest.
 */
export const customerEmail = (source: string, customer: string): string => {
  const name = customer.normalize('NFC').toLowerCase();
  const address = `${encodeURIComponent(name).toLowerCase()}@${source}.invalid`;
  return address.length <= EMAIL_LENGTH_MAX ? address : `${uuidV5(CUSTOMERS, name)}@${source}.invalid`;
};

/** Returns the displayed name, shortened to the limit, and never within a character. */
const nameOf = (customer: string): string =>
  `Customer ${customer}`.slice(0, NAME_LENGTH_MAX).replace(/[\uD800-\uDBFF]$/, '');

const purposeOfRefund = ({ reference, undoes }: Pick<PlannedRefund, 'reference' | 'undoes'>): string =>
  `refund ${reference} ${undoes}`;

const contextOf = (source: string, purpose: string): CommandContext => ({
  commandId: commandId(`import ${source}`, purpose),
  correlationId: commandId(`import ${source}`, 'all'),
  principal: importer,
  timeoutMs: 60_000,
});

/** Throws for an unknown outcome. The fault asks to run the import again, which is safe. */
const known = <Success>(outcome: Outcome<Success>): Exclude<Outcome<Success>, { kind: 'unknown' }> => {
  if (outcome.kind === 'unknown')
    throw new Fault('OUTCOME_UNKNOWN', 'An answer was lost. Run the same import again.');
  return outcome;
};

const orderInput = (
  { reference, customer, lines, soldAtMs, country }: PlannedOrder,
  { source, currency, paymentMethod, destinationOf }: ImportSettings,
): Omit<InputOf<'importOrder'>, 'customerId'> => ({
  source,
  reference,
  lines: lines.map(({ sku, quantity, priceMinor }) => ({
    productId: productId(sku),
    quantity,
    unitPrice: money(priceMinor, currency),
  })),
  destination: destinationOf(customer),
  paymentMethod,
  soldAt: instantOf(soldAtMs),
  ...(country === undefined ? {} : { country }),
});

/** The result of an item that was sent: how it was taken, or why it was refused. */
export type Answer<Taken> = { readonly taken: Taken } | { readonly refused: Refused };

export const isRefused = <Taken>(answer: Answer<Taken>): answer is { readonly refused: Refused } =>
  'refused' in answer;

/**
 * Sends the planned items. Sending them twice changes nothing: the ids of orders and refunds are derived from the list, and an
 * existing one is compared; a product is changed to the values of the list.
 */
export const createSender = (commands: CommandClient, settings: ImportSettings) => {
  const { source, run, currency } = settings;

  let last: Position | undefined;

  const send = async <Name extends UseCaseName>(name: Name, input: InputOf<Name>, purpose: string) => {
    const outcome = known<SuccessOf<Name>>(await commands.send(name, input, contextOf(source, purpose)));
    const position = outcome.kind === 'accepted' ? outcome.position : undefined;
    if (position !== undefined && (last === undefined || position > last)) last = position;
    return outcome;
  };

  const answerTo = async <Success>(
    planned: Planned,
    sending: () => Promise<Exclude<Outcome<Success>, { kind: 'unknown' }>>,
  ): Promise<Answer<Success>> => {
    try {
      const outcome = await sending();
      return outcome.kind === 'accepted'
        ? { taken: outcome.value }
        : { refused: refusedBy(outcome.rejection, planned) };
    } catch (error) {
      if (isFault(error, 'INPUT_INVALID')) return { refused: unaskable(error, planned) };
      throw error;
    }
  };

  const product = (planned: PlannedProduct): Promise<Answer<SuccessOf<'importProduct'>>> => {
    const { sku, name, category, priceMinor } = planned;
    const input = {
      sku,
      price: money(priceMinor, currency),
      ...(name === undefined ? {} : { name }),
      ...(category === undefined ? {} : { category }),
    };
    return answerTo(planned, () => send('importProduct', input, `product ${sku} ${run}`));
  };

  const customer = (name: string) =>
    send(
      'provisionAccount',
      {
        email: customerEmail(source, name),
        name: nameOf(name),
        roles: ['customer'],
      },
      `customer ${name}`,
    );

  const order = (planned: PlannedOrder): Promise<Answer<SuccessOf<'importOrder'>>> =>
    answerTo<SuccessOf<'importOrder'>>(planned, async () => {
      const account = await customer(planned.customer);
      if (account.kind === 'rejected') return account;
      const { accountId: customerId } = account.value;
      return send(
        'importOrder',
        { ...orderInput(planned, settings), customerId },
        `order ${planned.reference}`,
      );
    });

  const refund = (planned: PlannedRefund): Promise<Answer<SuccessOf<'refundOrder'>>> => {
    const input = {
      orderId: orderIdOfImport(source, planned.undoes),
      amount: money(planned.amountMinor, currency),
      lines: planned.lines.map(({ sku, quantity }) => ({ productId: productId(sku), quantity })),
      reason: `Cancelled by ${planned.reference}`,
    };
    return answerTo(planned, () => send('refundOrder', input, purposeOfRefund(planned)));
  };

  /** The id of the refund in its order. */
  const refundIdOf = (planned: Pick<PlannedRefund, 'reference' | 'undoes'>): RefundId => {
    const { commandId: id } = contextOf(source, purposeOfRefund(planned));
    return refundId(orderIdOfImport(source, planned.undoes), id);
  };

  /** The position of the store after the last of these commands; undefined where none changed anything. */
  const position = (): Position | undefined => last;

  return { product, order, refund, refundIdOf, position };
};

export type Sender = ReturnType<typeof createSender>;

/** The outcomes, in the order of the items; fewer than the items when the signal or a fault stopped it. */
export type Sent<Answered> = { readonly answers: readonly Answered[]; readonly fault: Error | undefined };

/** Sends every item, `width` at a time. When stopped, waits for the items in progress. */
export const sendAll = async <Item, Answered>(
  items: readonly Item[],
  send: (item: Item) => Promise<Answered>,
  { width, onProgress, signal }: { width: number; onProgress: (done: number) => void; signal: AbortSignal },
): Promise<Sent<Answered>> => {
  const answers: Answered[] = [];
  const waiting = items.entries();
  let done = 0;
  let fault: Error | undefined;
  const work = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      answers[index] = await send(item);
      onProgress(++done);
      if (signal.aborted || fault !== undefined) return;
    }
  };
  const stop = (error: unknown): void => {
    fault ??= error instanceof Error ? error : new Error(String(error));
  };
  const workers = Array.from({ length: signal.aborted ? 0 : width }, () => work().catch(stop));
  await Promise.all(workers);
  // If stopped, some items in between may have no outcome.
  return { answers: Object.values(answers), fault };
};
