import type { Site } from '../../commands/workflows';
import type { AccountId, ProductId, SerialNumber } from '../../domain/kernel';
import type { ReadModels } from '../../platform/read-models';
import { accounts, type Account } from '../../projections/accounts';
import { catalogue, type CatalogueProduct } from '../../projections/catalogue';
import { warehouses, type Warehouse } from '../../projections/warehouses';
import { served } from './served';

/** What gateways ask the shop's read models; each may lag a little behind the events. */
export type LookUps = {
  /** Every warehouse there is. */
  readonly warehouses: () => Promise<readonly Site[]>;
  readonly productByNumber: (number: SerialNumber) => Promise<ProductId | undefined>;
  /** Where to write to a customer; undefined where we do not know it (any more). */
  readonly emailOf: (customerId: AccountId) => Promise<string | undefined>;
};

export const createLookUps = (readModels: ReadModels): LookUps => {
  const sites = served<Warehouse>(readModels, warehouses);
  const products = served<CatalogueProduct>(readModels, catalogue);
  const people = served<Account>(readModels, accounts);
  return {
    warehouses: async () => {
      const found: Site[] = [];
      for await (const { warehouseId, x, y, active } of sites.all({ index: 'by_number', order: 'ascending' }))
        found.push({ warehouseId, place: { x, y }, active });
      return found;
    },
    productByNumber: async (number) => {
      const { items } = await products.list({ index: 'by_number', where: { number }, first: 1 });
      return items[0]?.document.id as ProductId | undefined;
    },
    emailOf: async (customerId) => (await people.get(customerId))?.document.email,
  };
};
