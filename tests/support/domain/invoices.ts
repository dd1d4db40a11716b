import type { InvoiceContent, InvoiceDrafted, InvoiceNumbered } from '../../../domain/invoice';
import type { InvoiceId, RefundId } from '../../../domain/kernel';
import { at, customerId, gbp, orderId } from './orders';

export const invoiceId = '6d1ac6a5-54b5-5d34-9d0c-2f7f8a3b7f10' as InvoiceId;
export const refundId = '22554cb8-a510-5ae5-9857-23bebf3760ca' as RefundId;

export const content: InvoiceContent = {
  issuer: { name: 'Waybill Ltd', address: ['1 Quay Street', 'Bristol'], taxId: 'GB 123' },
  billedTo: { name: '张伟', address: ['浦东新区', '200120 上海', 'CN'] },
  lines: [
    {
      ...{ sku: 'MUG', name: 'Dockside mug', quantity: 2, unitPrice: gbp(500), discount: gbp(100) },
      ...{ amount: gbp(900), tax: { category: 'STANDARD', amount: gbp(150) } },
    },
  ],
  shipping: { name: 'Parcel', charge: gbp(300) },
  tax: {
    country: 'GB',
    isIncluded: true,
    entries: [{ category: 'STANDARD', rateHundredths: 2_000, net: gbp(1_000), tax: gbp(200) }],
  },
  total: gbp(1_200),
};

export const drafted = {
  type: 'InvoiceDrafted',
  data: {
    ...{
      invoiceId,
      subject: { kind: 'INVOICE' },
      series: 'INV-2026',
      orderId,
      orderNumber: 1_001,
      customerId,
    },
    ...{ content, settledOn: '2026-11-02', issuedOn: '2026-11-02', draftedAt: at },
  },
} as InvoiceDrafted;

export const numbered: InvoiceNumbered = {
  type: 'InvoiceNumbered',
  data: { invoiceId, orderId, sequence: 7, number: 'INV-2026-000007', numberedAt: at },
};
