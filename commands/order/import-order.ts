import { z } from 'zod';
import { account } from '../../domain/account';
import { later } from '../../domain/kernel';
import { order, paymentOf, type OrderCommand, type OrderState } from '../../domain/order';
import { product } from '../../domain/product';
import { commandId, orderIdOfImport } from '../../platform/ids';
import type { Aggregates } from '../../platform/execution';
import { soldName } from '../catalogue/catalogue';
import { named } from '../use-case/fields';
import {
  accountIdSchema,
  instantSchema,
  moneySchema,
  orderIdSchema,
  paymentMethodSchema,
  placeSchema,
  productIdSchema,
  quantitySchema,
  refundIdSchema,
  textSchema,
} from '../use-case/input';
import { notAccepted, rejected, type Rejected } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';
import { refusalOfMethod } from './attempt-payment';
import { payAtOnce } from './pay-at-once';
import type { PlaceOrderDeps } from './place-order';

/** More than an order may have, so that the order itself states its limit. */
const LINES_MAX = 10_000;

const importedLine = named(
  'ImportedLine',
  'A quantity of a product, at the price of that time.',
  z.object({
    productId: productIdSchema,
    quantity: quantitySchema,
    unitPrice: moneySchema.describe('The price of one piece.'),
  }),
);

const inputSchema = z.object({
  source: textSchema(100).min(1).describe('The list that the order comes from.'),
  reference: textSchema(100).min(1).describe('The name of the order in its list, such as an invoice number.'),
  customerId: accountIdSchema.describe('The account of the customer.'),
  lines: z.array(importedLine).max(LINES_MAX).readonly().describe('The lines of the order.'),
  destination: placeSchema.describe('The place where the order is delivered.'),
  paymentMethod: paymentMethodSchema,
  soldAt: instantSchema.describe('The time when it was sold. RFC 3339, UTC.').exactOptional(),
  country: textSchema(100).min(1).describe("The buyer's country, as the list writes it.").exactOptional(),
});

type Lines = Extract<OrderCommand, { type: 'PlaceOrder' }>['lines'];

/** Returns the lines at the prices of their time; the present price and status of a product have no effect. */
const linesOf = async (
  aggregates: Aggregates,
  imported: readonly z.output<typeof importedLine>[],
): Promise<{ readonly kind: 'found'; readonly lines: Lines } | Rejected<'PRODUCT_NOT_FOUND'>> => {
  const products = await Promise.all(imported.map(({ productId }) => aggregates.of(product).load(productId)));
  const lines: Lines[number][] = [];
  for (const [index, line] of imported.entries()) {
    const goods = products[index];
    if (goods === undefined || goods.status === 'NONE')
      return rejected({ code: 'PRODUCT_NOT_FOUND', productId: line.productId });
    const { number: productNumber, sku, sellerId } = goods;
    const name = await soldName(aggregates, line.productId, goods);
    lines.push({ ...line, productNumber, sku, name, currentPrice: line.unitPrice, sellerId });
  }
  return { kind: 'found', lines };
};

/**
 * Returns the purpose of the command. An order that was imported without its sale gets it under an id beside that of
 * its placing.
 */
const purposeOf = (known: OrderState): string =>
  known.progress !== 'NONE' && known.sale === undefined ? 'import sale' : 'import';

export const importOrder = useCase({
  summary:
    'Imports an order that was made elsewhere, at the prices of that time. The same reference of the same source is the same order: it is compared, and a difference is rejected.',
  allow: 'order:import',
  internal: true,
  input: inputSchema,
  success: z.object({
    orderId: orderIdSchema,
    change: z.enum(['new', 'known']).describe('`new` or `known`.'),
    refundIds: z.array(refundIdSchema).readonly().describe('The refunds of the order so far.'),
  }),
  rejections: [
    'PAYMENT_METHOD_UNKNOWN',
    'ACCOUNT_NOT_FOUND',
    'PRODUCT_NOT_FOUND',
    'ORDER_EMPTY',
    'ORDER_TOO_LARGE',
    'ORDER_CURRENCY_MIXED',
    'ORDER_DIFFERS',
    'QUANTITY_OUT_OF_RANGE',
    'PRICE_NOT_POSITIVE',
    'PLACE_OUT_OF_RANGE',
  ],
  handle: async (input, context, deps: PlaceOrderDeps) => {
    const { customerId, lines: asked, destination, paymentMethod, ...sale } = input;
    const { aggregates, clock, numbers } = deps;
    const refusal = refusalOfMethod(deps, paymentMethod);
    if (refusal) return refusal;
    const customer = await aggregates.of(account).load(customerId);
    if (customer.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
    const found = await linesOf(aggregates, asked);
    if (found.kind === 'rejected') return found;

    const orderId = orderIdOfImport(sale.source, sale.reference);
    const known = await aggregates.of(order).load(orderId);
    const at = clock.now();
    const command = {
      type: 'PlaceOrder',
      orderId,
      // A repeat takes no number.
      number: known.progress === 'NONE' ? await numbers.next('order') : known.number,
      customerId,
      lines: found.lines,
      destination,
      payBy: later(at, deps.payWithin),
      at,
      sale,
    } as const satisfies OrderCommand;
    const placing = { ...context, commandId: commandId(orderId, purposeOf(known)) };
    const placed = await aggregates.of(order).execute(orderId, command, placing, { assumeNew: true });
    if (placed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
    if (placed.kind === 'rejected') return notAccepted(placed);
    // A command id that was executed is answered with its first result, even if the content differs now.
    const stands = await aggregates.of(order).load(orderId);
    const again = order.decide(command, stands);
    if (!again.ok) return notAccepted({ kind: 'rejected', rejection: again.rejection });
    const isNew = known.progress === 'NONE' && stands.progress !== 'NONE' && stands.number === command.number;
    const paying = { ...context, commandId: commandId(orderId, 'import') };
    const refunds = stands.progress === 'NONE' ? [] : (paymentOf(stands)?.refunds ?? []);
    const refundIds = refunds.map(({ refundId }) => refundId);
    const paid = await payAtOnce(deps, { orderId, paymentMethod, position: placed.position }, paying);
    const change = isNew ? ('new' as const) : ('known' as const);
    return { ...paid, value: { orderId, change, refundIds } };
  },
});
