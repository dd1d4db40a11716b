import type { DueOrders, Site, Warehouses } from '../../commands/reactors';
import type { AccountId, ProductId, SerialNumber } from '../../domain/kernel';
import type { ReadModels } from '../../platform/read-models';
import { accounts } from '../../projections/accounts';
import { catalogue } from '../../projections/catalogue';
import { deadlines } from '../../projections/deadlines';
import {
  openReader,
  projectionBuilds,
  startProjectionDaemon,
  writtenStatus,
  type AnyProjection,
  type ProjectionDaemon,
  type ProjectionStatus,
} from '../../platform/projections';
import { readModels as declared } from '../../projections/read-models';
import { warehouses } from '../../projections/warehouses';
import type { Warehouse } from '../../projections/warehouses';
import type { Engines, Surroundings } from './engines';

/** Every read model there is. */
export const allProjections: readonly AnyProjection[] = Object.values(declared);

/** Makes every collection where it is absent, so that whoever reads first finds an empty one rather than none. */
export const ensureCollections = async (readModels: ReadModels): Promise<void> => {
  await readModels.ensure(projectionBuilds);
  for (const { collection } of allProjections) await readModels.ensure(collection);
};

/** Readers in other processes know of a read model's position only when it is written down. */
const CHECKPOINT_FOR_OTHERS_MS = 100;

/** @param readElsewhere - whether the read models are read in another process than this one. */
export const startProjections = (
  { store, readModels, bus }: Engines,
  surroundings: Surroundings,
  { readElsewhere }: { readonly readElsewhere: boolean },
): Promise<ProjectionDaemon> =>
  startProjectionDaemon({
    ...{ store, readModels, bus, projections: allProjections },
    ...surroundings,
    limits: readElsewhere ? { checkpointEveryMs: CHECKPOINT_FOR_OTHERS_MS } : {},
  });

/** How every read model is doing, whether this process keeps them or another does. */
export const projectionStatus = (
  runtime: ProjectionDaemon | undefined,
  { store, readModels }: Pick<Engines, 'store' | 'readModels'>,
  { clock }: Pick<Surroundings, 'clock'>,
): Promise<readonly ProjectionStatus[]> =>
  runtime?.status() ?? writtenStatus({ store, readModels, projections: allProjections, clock });

const WAREHOUSES_MAX = 1_000;

/** Look-ups that commands, workflows and gateways make; they may lag a little behind the events. */
export type LookUps = {
  readonly warehouses: Warehouses;
  readonly dueOrders: DueOrders;
  readonly productByNumber: (number: SerialNumber) => Promise<ProductId | undefined>;
  readonly emailOf: (customerId: AccountId) => Promise<string | undefined>;
};

const siteOf = ({ warehouseId, x, y, active }: Warehouse): Site => ({ warehouseId, place: { x, y }, active });

export const lookUpsIn = (readModels: ReadModels, { clock }: Surroundings): LookUps => {
  const sites = openReader(readModels, warehouses, clock);
  const waiting = openReader(readModels, deadlines, clock);
  const products = openReader(readModels, catalogue, clock);
  const people = openReader(readModels, accounts, clock);
  return {
    warehouses: async () => {
      const page = await sites.list({ index: 'by_number', order: 'ascending', first: WAREHOUSES_MAX });
      return page.items.map(({ document }) => siteOf(document));
    },
    dueOrders: async (now, limit) => {
      const page = await waiting.list({
        index: 'by_pay_by',
        range: { lt: now },
        order: 'ascending',
        first: limit,
      });
      return page.items.map(({ document }) => document.id);
    },
    productByNumber: async (number) => {
      const page = await products.list({ index: 'by_number', where: { number }, first: 1 });
      return page.items[0]?.document.id;
    },
    emailOf: async (customerId) => (await people.get(customerId))?.document.email,
  };
};
