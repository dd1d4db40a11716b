import { z } from 'zod';
import { account } from '../../domain/account';
import { later } from '../../domain/kernel';
import { order, paymentOf, type OrderCommand, type OrderState, type Sale } from '../../domain/order';
import { product } from '../../domain/product';
import { commandId, orderIdOfImport } from '../../platform/ids';
import type { Aggregates } from '../../platform/execution';
import { demandStaff } from '../authorization';
import {
  accountIdSchema,
  instantSchema,
  moneySchema,
  parse,
  placeSchema,
  productIdSchema,
  quantitySchema,
  textSchema,
} from '../input';
import { rejected } from '../outcome';
import type { ImportedLine } from '../port';
import type { UseCaseOf } from '../use-case';
import { refusalOfMethod } from './attempt-payment';
import { payAtOnce } from './pay-at-once';
import type { PlaceOrderDeps } from './place-order';

/** More than an order may have, so that the order itself says what its limit is. */
const LINES_MAX = 10_000;

const schema = z.object({
  source: textSchema(100).min(1),
  reference: textSchema(100).min(1),
  customerId: accountIdSchema,
  lines: z
    .array(z.object({ productId: productIdSchema, quantity: quantitySchema, unitPrice: moneySchema }))
    .max(LINES_MAX),
  destination: placeSchema,
  paymentMethod: textSchema(50).min(1),
  soldAt: instantSchema.optional(),
  country: textSchema(100).min(1).optional(),
});

type Lines = Extract<OrderCommand, { type: 'PlaceOrder' }>['lines'];

/** The lines at the prices of their time: what the product costs today, or whether it is still sold, is no matter. */
const linesOf = async (
  aggregates: Aggregates,
  imported: readonly ImportedLine[],
): Promise<{ readonly kind: 'found'; readonly lines: Lines } | ReturnType<typeof rejected>> => {
  const products = await Promise.all(imported.map(({ productId }) => aggregates.load(product, productId)));
  const lines: Lines[number][] = [];
  for (const [index, line] of imported.entries()) {
    const goods = products[index];
    if (goods === undefined || goods.status === 'NONE')
      return rejected({ code: 'PRODUCT_NOT_FOUND', productId: line.productId });
    const { number: productNumber, sku, name } = goods;
    lines.push({ ...line, productNumber, sku, name, currentPrice: line.unitPrice });
  }
  return { kind: 'found', lines };
};

/** Absent fields stay absent: what is stored says only what the list said. */
const saleOf = ({ source, reference, soldAt, country }: Pick<z.output<typeof schema>, keyof Sale>): Sale => ({
  source,
  reference,
  ...(soldAt === undefined ? {} : { soldAt }),
  ...(country === undefined ? {} : { country }),
});

/** An order that was imported before sales were kept takes up its sale, under an id beside that of its placing. */
const purposeOf = (known: OrderState): string =>
  known.progress !== 'NONE' && known.sale === undefined ? 'import sale' : 'import';

/**
 * Takes over an order that was made elsewhere. The same reference of the same source is the same order, under any command id: what
 * is known is compared with what is asked, and a difference is refused.
 */
export const importOrder =
  (deps: PlaceOrderDeps): UseCaseOf<'importOrder'> =>
  async (input, context) => {
    const { customerId, lines: asked, destination, paymentMethod, ...sale } = parse(schema, input);
    demandStaff(context);
    const { aggregates, clock, numbers } = deps;
    const refusal = refusalOfMethod(deps, paymentMethod);
    if (refusal) return refusal;
    const customer = await aggregates.load(account, customerId);
    if (customer.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
    const found = await linesOf(aggregates, asked);
    if (found.kind === 'rejected') return found;

    const orderId = orderIdOfImport(sale.source, sale.reference);
    const known = await aggregates.load(order, orderId);
    const at = clock.now();
    const command = {
      type: 'PlaceOrder',
      orderId,
      // A repeat takes no number for nothing.
      number: known.progress === 'NONE' ? await numbers.next('order') : known.number,
      customerId,
      lines: found.lines,
      destination,
      payBy: later(at, deps.payWithin),
      at,
      sale: saleOf(sale),
    } as const satisfies OrderCommand;
    const placing = { ...context, commandId: commandId(orderId, purposeOf(known)) };
    const placed = await aggregates.execute(order, orderId, command, placing);
    if (placed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
    if (placed.kind === 'rejected') return placed;
    // A command id that was seen is answered with what it led to, whatever it asks for now.
    const stands = await aggregates.load(order, orderId);
    const again = order.decide(command, stands);
    if (!again.ok) return rejected(again.rejection);
    const isNew = known.progress === 'NONE' && stands.progress !== 'NONE' && stands.number === command.number;
    const paying = { ...context, commandId: commandId(orderId, 'import') };
    const refunds = stands.progress === 'NONE' ? [] : (paymentOf(stands)?.refunds ?? []);
    const refundIds = refunds.map(({ refundId }) => refundId);
    const paid = await payAtOnce(deps, { orderId, paymentMethod, position: placed.position }, paying);
    return paid.kind === 'accepted'
      ? { ...paid, value: { ...paid.value, change: isNew ? 'new' : 'known', refundIds } }
      : paid;
  };
