import { z } from 'zod';
import { cart, type CartState } from '../../domain/cart';
import { later, type AccountId, type Millis, type OrderId } from '../../domain/kernel';
import { order, type OrderCommand } from '../../domain/order';
import { warehouse } from '../../domain/warehouse';
import { orderIdOfCart } from '../../platform/identity';
import type { Logger } from '../../platform/telemetry';
import { demandSelf } from '../authorization';
import { sellableProduct } from '../catalogue';
import { accountIdSchema, parse, placeSchema, textSchema, warehouseIdSchema } from '../input';
import type { Numbers } from '../numbering';
import { rejected, stepOf } from '../outcome';
import type { CommandContext } from '../port';
import type { UseCaseOf } from '../use-case';
import { refusalOfMethod, type PayDeps } from './attempt-payment';
import { payAtOnce } from './pay-at-once';

export type PlaceOrderDeps = PayDeps & {
  readonly numbers: Numbers;
  readonly logger: Logger;
  /** How long an order waits to be paid before it expires. */
  readonly payWithin: Millis;
};

const schema = z.object({
  customerId: accountIdSchema,
  destination: placeSchema,
  carrierAccount: textSchema(100).min(1).optional(),
  warehouseId: warehouseIdSchema.optional(),
  paymentMethod: textSchema(50).min(1).optional(),
});

type PlaceOrder = Extract<OrderCommand, { type: 'PlaceOrder' }>;
type Lines = PlaceOrder['lines'];

/** Also sent by the workflow that finishes what was cut short, under the same id: the cart is emptied once. */
export const checkOutPurpose = 'check-out-cart';

/** The cart's lines as the customer saw them, beside today's prices. */
const linesOf = async (
  { aggregates }: PlaceOrderDeps,
  { lines }: CartState,
): Promise<{ readonly kind: 'found'; readonly lines: Lines } | ReturnType<typeof rejected>> => {
  const sold = await Promise.all(lines.map(({ productId }) => sellableProduct(aggregates, productId)));
  const found: Lines[number][] = [];
  for (const [index, line] of lines.entries()) {
    const goods = sold[index];
    if (goods?.kind !== 'found') return goods ?? rejected({ code: 'CART_EMPTY' });
    const { number: productNumber, price: currentPrice } = goods.product;
    found.push({ ...line, productNumber, currentPrice });
  }
  return { kind: 'found', lines: found };
};

/** Empties the cart. The order stands already, so what goes wrong here is finished by the check-out workflow. */
const checkOut = async (
  { aggregates, clock, logger }: PlaceOrderDeps,
  placed: { readonly customerId: AccountId; readonly orderId: OrderId; readonly generation: number },
  context: CommandContext,
): Promise<void> => {
  try {
    const command = { type: 'CheckOutCart', ...placed, at: clock.now() } as const;
    await aggregates.execute(cart, placed.customerId, command, stepOf(context, checkOutPurpose));
  } catch (error) {
    logger.warn({ error, orderId: placed.orderId }, 'The cart is emptied later');
  }
};

/**
 * Makes a cart into an order, at the prices that the customer saw, and pays it at once where a payment method is given.
 * A cart becomes one order, whoever repeats what. A declined payment does not undo the order: the answer is the order, still
 * PLACED, which can be paid in another way until it expires; to refuse would hide an order that exists.
 */
export const placeOrder =
  (deps: PlaceOrderDeps): UseCaseOf<'placeOrder'> =>
  async (input, context) => {
    const { customerId, destination, carrierAccount, warehouseId, paymentMethod } = parse(schema, input);
    demandSelf(context, customerId);
    const { aggregates, clock, numbers } = deps;
    const refusal = paymentMethod === undefined ? undefined : refusalOfMethod(deps, paymentMethod);
    if (refusal) return refusal;

    // A repeat finds its cart emptied by itself, and the next one begun. The cart is read before that is asked, so that a
    // check-out in between is not missed.
    const full = await aggregates.load(cart, customerId);
    const checkOutId = stepOf(context, checkOutPurpose).commandId;
    const effect = await aggregates.effectOf(cart, customerId, checkOutId);
    const [repeated] = effect?.events ?? [];
    if (repeated?.type === 'CartCheckedOut')
      return payAtOnce(
        deps,
        { orderId: repeated.data.orderId, paymentMethod, position: effect?.position },
        context,
      );

    if (full.lines.length === 0) return rejected({ code: 'CART_EMPTY' });
    const priced = await linesOf(deps, full);
    if (priced.kind === 'rejected') return priced;
    if (warehouseId !== undefined && (await aggregates.load(warehouse, warehouseId)).status === 'NONE')
      return rejected({ code: 'WAREHOUSE_NOT_FOUND', warehouseId });

    const { generation } = full;
    const orderId = orderIdOfCart(customerId, generation);
    const at = clock.now();
    const command: PlaceOrder = {
      type: 'PlaceOrder',
      orderId,
      number: await numbers.next('order'),
      customerId,
      cartGeneration: generation,
      lines: priced.lines,
      destination,
      ...(carrierAccount === undefined ? {} : { carrierAccount }),
      ...(warehouseId === undefined ? {} : { warehouseId }),
      payBy: later(at, deps.payWithin),
      at,
    };
    const placed = await aggregates.execute(order, orderId, command, context);
    if (placed.kind !== 'accepted') return placed;
    await checkOut(deps, { customerId, orderId, generation }, context);
    return payAtOnce(deps, { orderId, paymentMethod, position: placed.position }, context);
  };
