import { createInvoiceNumbers } from '../../commands/invoice';
import { invoicesWorkflow } from '../../commands/reactors';
import type { InvoiceParty } from '../../domain/invoice';
import type { Config } from '../../platform/config';
import type { EventStore } from '../../platform/event-store';
import type { Aggregates } from '../../platform/execution';
import type { ReadModels } from '../../platform/read-models';
import type { Runtime } from '../program/runtime';
import { startReactors, type Reactions } from './reactions';

export type InvoiceSettings = {
  readonly config: Pick<Config, 'issuerName' | 'issuerAddress' | 'issuerTaxId' | 'timeZone'>;
};

/** Returns the shop as its invoices name it. */
export const issuerOf = ({
  issuerName: name,
  issuerAddress,
  issuerTaxId: taxId,
}: Omit<InvoiceSettings['config'], 'timeZone'>): InvoiceParty => ({
  name,
  address: (issuerAddress ?? '')
    .split(';')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
  taxId,
});

/**
 * Issues invoices and credit notes, under a checkpoint of their own: no order waits for an invoice, and orders that were paid
 * before a version with invoices get theirs.
 */
export const startInvoices = (
  {
    config,
    store,
    aggregates,
    runtime,
  }: InvoiceSettings & {
    readonly store: EventStore;
    readonly aggregates: Aggregates;
    readonly runtime: Runtime;
  },
  readModels: ReadModels,
): Promise<Pick<Reactions, 'stop'>> => {
  const deps = { aggregates, clock: runtime.clock };
  const invoiceNumbers = createInvoiceNumbers(deps);
  const { timeZone } = config;
  const reactors = [invoicesWorkflow({ ...deps, issuer: issuerOf(config), timeZone, invoiceNumbers })];
  return startReactors({ name: 'invoices', reactors, store, readModels, runtime });
};
