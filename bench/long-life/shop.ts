import { randomUUID } from 'node:crypto';
import type { CommandClient, InputOf, SuccessOf, UseCaseName } from '../../commands';
import type { AccountId, ProductId, WarehouseId } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import type { Principal } from '../../platform/execution';
import { seededRandom } from '../../tests/support/time/seeded-random';

const CUSTOMERS = 40;
const PRODUCTS = 12;
const WAREHOUSES = 3;
const PIECES = 500_000;

const staff: Principal = { kind: 'system', id: 'bench', roles: ['staff', 'administrator'] };

/** A shop with few customers, products and warehouses, so that their streams grow long. */
export type Shop = {
  readonly customers: readonly AccountId[];
  readonly products: readonly ProductId[];
  readonly warehouses: readonly WarehouseId[];
};

const send = async <Name extends UseCaseName>(
  commands: CommandClient,
  name: Name,
  input: InputOf<Name>,
  principal: Principal = staff,
): Promise<SuccessOf<Name>> => {
  const commandId = randomUUID();
  const outcome = await commands.send(name, input, {
    commandId,
    correlationId: commandId,
    principal,
    timeoutMs: 60_000,
  });
  if (outcome.kind !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
  return outcome.value;
};

/** Opens the shop. @param receive - puts pieces of a product into a warehouse. */
export const openShop = async (
  commands: CommandClient,
  receive: (warehouseId: WarehouseId, productId: ProductId, quantity: number) => Promise<unknown>,
): Promise<Shop> => {
  const warehouses: WarehouseId[] = [];
  for (let x = 0; x < WAREHOUSES; x += 1) {
    const { warehouseId } = await send(commands, 'registerWarehouse', {
      name: `number ${x}`,
      place: { x: x * 10, y: 0 },
    });
    warehouses.push(warehouseId);
  }
  const products: ProductId[] = [];
  for (let index = 0; index < PRODUCTS; index += 1) {
    const price = { amountMinor: 500 + index, currency: 'GBP' as CurrencyCode };
    const about = { sku: `SKU-${index}`, name: `product ${index}`, description: '', category: 'desk' };
    products.push((await send(commands, 'registerProduct', { ...about, price })).productId);
  }
  for (const productId of products)
    for (const warehouseId of warehouses) await receive(warehouseId, productId, PIECES);
  const customers = Array.from({ length: CUSTOMERS }, () => randomUUID() as AccountId);
  return { customers, products, warehouses };
};

/** A purchase of one customer. */
export type Bought = {
  readonly orderId: SuccessOf<'placeOrder'>['orderId'];
  readonly products: readonly ProductId[];
  readonly placedMs: number;
};

/** Returns a function that lets a customer fill the cart with one to three products, order and pay. */
export const shoppers = (commands: CommandClient, { customers, products }: Shop, seed: number) => {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random.next() * limit);
  return async (index: number): Promise<Bought> => {
    const customerId = customers[index % customers.length];
    if (customerId === undefined) throw new Error('The shop has no customers');
    const self: Principal = { kind: 'customer', id: customerId, roles: ['customer'] };
    const first = below(products.length);
    const wanted = Array.from(
      { length: 1 + below(3) },
      (_, place) => products[(first + place) % products.length] as ProductId,
    );
    for (const productId of wanted)
      await send(commands, 'addToCart', { customerId, productId, quantity: 1 }, self);
    const destination = { x: below(30), y: below(10) };
    const from = performance.now();
    const { orderId } = await send(
      commands,
      'placeOrder',
      { customerId, destination, paymentMethod: 'test' },
      self,
    );
    return { orderId, products: wanted, placedMs: performance.now() - from };
  };
};
