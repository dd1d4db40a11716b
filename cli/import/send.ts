import type { CommandClient, InputOf, Outcome, SuccessOf, UseCaseName } from '../../commands/port';
import type { CommandContext, Principal } from '../../platform/execution';
import { instantOf, type Place, type RefundId } from '../../domain/kernel';
import { money, type CurrencyCode } from '../../domain/money';
import type { Position } from '../../platform/event-store';
import { Fault, isFault } from '../../platform/faults';
import { commandId, orderIdOfImport, productId, refundId, uuidV5 } from '../../platform/ids';
import type { Planned, PlannedOrder, PlannedProduct, PlannedRefund } from './plan';
import { refusedBy, unaskable, type Refused } from './refused';

/** What an import is called and how it is carried out. */
export type ImportSettings = {
  /** The list's name, part of every id of an order, a refund or a customer, so a second run finds the first. */
  readonly source: string;
  /** Names this run, since what a product costs may change there and back again from one run to the next. */
  readonly run: string;
  readonly currency: CurrencyCode;
  readonly paymentMethod: string;
  /** Where the parcels go, where the list does not say. */
  readonly destinationOf: (customer: string) => Place;
};

/** The name space of customers whose names are too long for an address. */
const CUSTOMERS = '3f6a35c4-9d1e-5b0c-8f57-1c2f0c1d6a42';

const importer: Principal = { kind: 'staff', id: 'import', roles: ['staff', 'administrator'] };

/** The longest address that an account may have. */
const EMAIL_LENGTH_MAX = 254;
const NAME_LENGTH_MAX = 200;

/**
 * Returns an address that stands for a customer of the list, who has none of ours: one that cannot exist. It is in lower case
 * throughout, as accounts keep their addresses. Where the name is too long for an address, a digest of it stands in.
 */
export const customerEmail = (source: string, customer: string): string => {
  const name = customer.normalize('NFC').toLowerCase();
  const address = `${encodeURIComponent(name).toLowerCase()}@${source}.invalid`;
  return address.length <= EMAIL_LENGTH_MAX ? address : `${uuidV5(CUSTOMERS, name)}@${source}.invalid`;
};

/** Returns the name that people see, cut where it is too long, and not in the middle of a character. */
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

/** An import is as good as certain to be run again, so an unknown outcome is a fault that says just that. */
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

/** What became of something that was sent: how it was taken, or why not. */
export type Answer<Taken> = { readonly taken: Taken } | { readonly refused: Refused };

export const isRefused = <Taken>(answer: Answer<Taken>): answer is { readonly refused: Refused } =>
  'refused' in answer;

/**
 * Sends what was planned. Sending it twice changes nothing: an order and a refund have ids that follow from the list, and what is
 * known under such an id is compared; a product is brought to what the list says.
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

  /** The id that the refund has in its order, or would have. */
  const refundIdOf = (planned: Pick<PlannedRefund, 'reference' | 'undoes'>): RefundId => {
    const { commandId: id } = contextOf(source, purposeOfRefund(planned));
    return refundId(orderIdOfImport(source, planned.undoes), id);
  };

  /** Where the store stood after the last of these commands; undefined where none changed anything. */
  const position = (): Position | undefined => last;

  return { product, order, refund, refundIdOf, position };
};

export type Sender = ReturnType<typeof createSender>;

/** What was answered, in the order of the items; fewer than there are items where it was stopped, by the signal or a fault. */
export type Sent<Answered> = { readonly answers: readonly Answered[]; readonly fault: Error | undefined };

/** Sends every item, `width` at a time. When it is to stop, what is under way is still waited for. */
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
  // Where it was stopped, some in between may have no answer.
  return { answers: Object.values(answers), fault };
};
