import { createInvoiceNumbers } from '../../../commands/invoice';
import { invoicesWorkflow } from '../../../commands/reactors';
import type { Aggregates } from '../../../platform/execution';
import type { Clock } from '../../../platform/clock';
import type { Reactor } from '../../../platform/reactions';

export const issuer = { name: 'Waybill Ltd', address: ['1 Quay Street'], taxId: 'GB 123' };

/** Returns the workflow that issues invoices and credit notes, as a platform has it. */
export const invoicesOn = (aggregates: Aggregates, clock: Clock): Reactor => {
  const deps = { aggregates, clock };
  return invoicesWorkflow({
    ...deps,
    ...{ issuer, timeZone: 'Asia/Shanghai', invoiceNumbers: createInvoiceNumbers(deps) },
  });
};
