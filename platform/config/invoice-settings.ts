import { z } from 'zod';
import { setting } from './setting';

/** Settings of what invoices say about the shop. */
export const invoiceSettings = {
  issuerName: setting(
    'WAYBILL_ISSUER_NAME',
    z.string().trim().min(1).max(200).default('Waybill'),
    'The name of the shop on invoices and credit notes.',
  ),
  issuerAddress: setting(
    'WAYBILL_ISSUER_ADDRESS',
    z
      .string()
      .max(500)
      .refine((text) => text.split(';').length <= 6, { error: 'must have at most 6 lines' })
      .optional(),
    'The address of the shop on invoices, its lines separated by semicolons: `1 Quay Street; Bristol BS1 1AA; United Kingdom`. When absent, invoices have none.',
  ),
  issuerTaxId: setting(
    'WAYBILL_ISSUER_TAX_ID',
    z.string().trim().min(1).max(50).optional(),
    'The tax number of the shop on invoices. When absent, invoices have none.',
  ),
} as const;
