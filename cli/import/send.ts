import type {
  CommandClient,
  CommandContext,
  InputOf,
  Outcome,
  Principal,
  SuccessOf,
  UseCaseName,
} from '../../commands/port';
import type { AccountId, Place } from '../../domain/kernel';
import { money, type CurrencyCode } from '../../domain/money';
import { Fault } from '../../platform/faults';
import { accountId, commandId, orderIdOfImport, productId } from '../../platform/identity';
import type { PlannedOrder, PlannedProduct, PlannedRefund } from './plan';

/** What an import is called and how it is carried out. The name is part of every id, so a second run finds the first. */
export type ImportSettings = {
  readonly source: string;
  readonly currency: CurrencyCode;
  readonly paymentMethod: string;
  /** Where the parcels go, where the list does not say. */
  readonly destinationOf: (customer: string) => Place;
};

export type Refused = { readonly reference: string; readonly code: string; readonly reason: string };

const importer: Principal = { kind: 'staff', id: 'import', roles: ['staff', 'administrator'] };

/** A customer of the list has no e-mail address of ours: one that can't exist, and no password, stand for it. */
export const customerEmail = (source: string, customer: string): string =>
  `${customer.toLowerCase()}@${source}.invalid`;

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

/** Sends what was planned. Every command id is derived from the source and the list, so sending twice changes nothing. */
export const createSender = (commands: CommandClient, settings: ImportSettings) => {
  const { source, currency, paymentMethod, destinationOf } = settings;

  const send = async <Name extends UseCaseName>(name: Name, input: InputOf<Name>, purpose: string) =>
    known<SuccessOf<Name>>(await commands.send(name, input, contextOf(source, purpose)));

  const refused = (reference: string, outcome: Awaited<ReturnType<typeof send>>): Refused | undefined => {
    if (outcome.kind === 'accepted') return undefined;
    const { code, ...figures } = outcome.rejection;
    return { reference, code, reason: JSON.stringify(figures) };
  };

  /** Registers the product, or brings the one that is there up to date. */
  const product = async (planned: PlannedProduct): Promise<Refused | undefined> => {
    const { sku, name, category } = planned;
    const price = money(planned.priceMinor, currency);
    const registered = await send(
      'registerProduct',
      { sku, name, category, price, description: '' },
      `product ${sku}`,
    );
    if (registered.kind === 'accepted' || registered.rejection.code !== 'PRODUCT_ALREADY_REGISTERED') {
      return refused(sku, registered);
    }
    const id = productId(sku);
    const priced = await send(
      'changeProductPrice',
      { productId: id, price },
      `price ${sku} ${planned.priceMinor}`,
    );
    return refused(sku, priced);
  };

  const customer = async (name: string): Promise<AccountId> => {
    const email = customerEmail(source, name);
    await send(
      'provisionAccount',
      { email, name: `Customer ${name}`, roles: ['customer'] },
      `customer ${name}`,
    );
    return accountId(email);
  };

  const order = async (planned: PlannedOrder): Promise<Refused | undefined> => {
    const input = {
      source,
      reference: planned.reference,
      customerId: await customer(planned.customer),
      lines: planned.lines.map(({ sku, quantity, priceMinor }) => ({
        productId: productId(sku),
        quantity,
        unitPrice: money(priceMinor, currency),
      })),
      destination: destinationOf(planned.customer),
      paymentMethod,
    };
    return refused(planned.reference, await send('importOrder', input, `order ${planned.reference}`));
  };

  const refund = async (planned: PlannedRefund): Promise<Refused | undefined> => {
    const input = {
      orderId: orderIdOfImport(source, planned.undoes),
      amount: money(planned.amountMinor, currency),
      lines: planned.lines.map(({ sku, quantity }) => ({ productId: productId(sku), quantity })),
      reason: `Cancelled by ${planned.reference}`,
    };
    const purpose = `refund ${planned.reference} ${planned.undoes}`;
    return refused(planned.reference, await send('refundOrder', input, purpose));
  };

  return { product, order, refund };
};

export type Sender = ReturnType<typeof createSender>;

/**
 * Sends every item, `width` at a time.
 *
 * @returns what was refused, in the order of the items.
 */
export const sendAll = async <Item>(
  items: readonly Item[],
  send: (item: Item) => Promise<Refused | undefined>,
  { width, onProgress, signal }: { width: number; onProgress: (done: number) => void; signal: AbortSignal },
): Promise<readonly Refused[]> => {
  const answers: (Refused | undefined)[] = new Array<Refused | undefined>(items.length);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < items.length) {
      signal.throwIfAborted();
      const index = next++;
      answers[index] = await send(items[index] as Item);
      onProgress(++done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
  return answers.filter((answer) => answer !== undefined);
};
