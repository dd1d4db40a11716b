import type { InvoiceDrafted } from '../domain/invoice';
import type { AccountId } from '../domain/kernel';
import type { PersonalDataErased } from '../domain/account';
import { content, drafted, invoiceId as id, numbered, refundId } from '../tests/support/domain/invoices';
import { at, customerId, gbp, orderId } from '../tests/support/domain/orders';
import { itProjects } from '../tests/support/projections/it-projects';
import { invoices, type Invoice } from './invoices';

const draft: Invoice = {
  ...{ id, kind: 'INVOICE', isIssued: false, number: '', series: 'INV-2026', sequence: 0, orderId },
  ...{ orderNumber: 1_001, customerId, refundId: null, corrects: null },
  ...{ issuedOn: '2026-11-02', settledOn: '2026-11-02' },
  issuer: { name: 'Waybill Ltd', address: ['1 Quay Street', 'Bristol'], taxId: 'GB 123' },
  billedTo: { name: '张伟', address: ['浦东新区', '200120 上海', 'CN'], taxId: null },
  lines: [
    {
      ...{ sku: 'MUG', name: 'Dockside mug', quantity: 2, unitPrice: gbp(500), discount: gbp(100) },
      ...{ amount: gbp(900), taxCategory: 'STANDARD' },
    },
  ],
  ...{ shipping: { name: 'Parcel', charge: gbp(300) }, other: null, tax: content.tax!, total: gbp(1_200) },
};
const issued: Invoice = { ...draft, isIssued: true, number: 'INV-2026-000007', sequence: 7 };

const note: InvoiceDrafted = {
  ...drafted,
  data: {
    ...drafted.data,
    subject: { kind: 'CREDIT_NOTE', refundId, corrects: 'INV-2026-000007' },
    series: 'CN-2026',
    content: {
      ...{ issuer: content.issuer, billedTo: content.billedTo },
      lines: [{ sku: 'MUG', name: 'Dockside mug', quantity: 1, amount: gbp(450) }],
      ...{ other: gbp(50), total: gbp(500) },
    },
  },
};
const erased: PersonalDataErased = {
  type: 'PersonalDataErased',
  data: { accountId: customerId as AccountId, streams: [`invoice-${id}`], recordedAt: at } as never,
};

itProjects(invoices, [
  { on: drafted, because: 'says all but its number', touches: [{ id, after: draft }] },
  { on: numbered, because: 'is issued', touches: [{ id, before: draft, after: issued }] },
  {
    on: note,
    because: 'corrects an invoice',
    touches: [
      {
        id,
        after: {
          ...{ ...draft, kind: 'CREDIT_NOTE', refundId, corrects: 'INV-2026-000007', series: 'CN-2026' },
          lines: [
            {
              ...{ sku: 'MUG', name: 'Dockside mug', quantity: 1, unitPrice: null, discount: null },
              ...{ amount: gbp(450), taxCategory: null },
            },
          ],
          ...{ shipping: null, other: gbp(50), tax: null, total: gbp(500) },
        },
      },
    ],
  },
  {
    on: erased,
    because: 'names the customer no longer',
    touches: [
      { id, before: issued, after: { ...issued, billedTo: { name: '[erased]', address: [], taxId: null } } },
    ],
  },
]);
