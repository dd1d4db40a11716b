import type { Invoice } from '../../../projections/invoices';
import { projected } from '../projections/it-projects';
import { invoices } from '../../../projections/invoices';
import { drafted, numbered } from '../domain/invoices';

/** Returns the document of an issued invoice. */
export const invoiceDocument = (more: Partial<Invoice> = {}): Invoice => {
  const [document] = projected(invoices, [drafted, numbered]).values();
  return { ...document!, ...more };
};
