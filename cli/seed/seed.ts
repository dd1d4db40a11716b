import type { CommandClient, InputOf, SuccessOf, UseCaseName } from '../../commands';
import type { CommandContext, Principal } from '../../platform/execution';
import { installationEventTypes } from '../../domain/installation';
import type { WarehouseId } from '../../domain/kernel';
import type { EventStore } from '../../platform/event-store';
import { commandId } from '../../platform/ids';
import { accepted } from './accepted';
import { seedProducts, seedQuantity, seedWarehouses } from './catalogue';

const seeder: Principal = { kind: 'system', id: 'seed', roles: ['staff', 'administrator'] };
const correlationId = commandId('waybill', 'seed');

const contextOf = (purpose: string): CommandContext => ({
  commandId: commandId('seed', purpose),
  correlationId,
  principal: seeder,
  timeoutMs: 30_000,
});

/** The keys of the installation may be recorded before the seed, by any process. */
const BEFORE_SEED_MAX = 10;

/** Returns whether the store is empty or begins with the seed, which a crash may have left incomplete. */
const isWanted = async (store: EventStore): Promise<boolean> => {
  for await (const { type, metadata } of store.readAll({ limit: BEFORE_SEED_MAX }))
    if (!Object.hasOwn(installationEventTypes, type)) return metadata.$correlationId === correlationId;
  return true;
};

/** Fills an empty store with a small catalogue, three warehouses and stock from the World. Repeating it changes nothing. */
export const seed = async (store: EventStore, commands: CommandClient): Promise<void> => {
  if (!(await isWanted(store))) return;
  const send = async <Name extends UseCaseName>(
    name: Name,
    input: InputOf<Name>,
    purpose: string,
  ): Promise<SuccessOf<Name>> =>
    accepted(await commands.send(name, input, contextOf(purpose)), `The first catalogue (${purpose})`).value;

  const warehouses: WarehouseId[] = [];
  // In sequence, so that their numbers follow the list.
  for (const warehouse of seedWarehouses) {
    warehouses.push((await send('registerWarehouse', warehouse, `warehouse ${warehouse.name}`)).warehouseId);
  }
  await Promise.all(
    seedProducts.map(async (product) => {
      const { productId } = await send('registerProduct', product, `product ${product.sku}`);
      await Promise.all(
        warehouses.map((warehouseId) =>
          send(
            'replenish',
            { warehouseId, productId, quantity: seedQuantity },
            `stock ${warehouseId} ${product.sku}`,
          ),
        ),
      );
    }),
  );
};
