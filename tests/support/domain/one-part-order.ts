import type {
  AccountId,
  Instant,
  OrderId,
  PaymentId,
  ProductId,
  RefundId,
  SerialNumber,
} from '../../../domain/kernel';
import { gbp, orderCommands } from './order-vocabulary';

/** The lines of an order of one product, which leaves one warehouse. */
export const lines = [
  {
    productId: 'mug' as ProductId,
    productNumber: 11 as SerialNumber,
    ...{ sku: 'MUG', name: 'Mug', quantity: 3, unitPrice: gbp(100) },
  },
];

const facts = {
  ...{ orderId: 'order-1' as OrderId, number: 7 as SerialNumber, customerId: 'ada' as AccountId, lines },
  destination: { x: 3, y: -4 },
  at: '2026-01-01T10:00:00.000Z' as Instant,
  payBy: '2026-01-01T11:00:00.000Z' as Instant,
  ...{ paymentId: 'payment-0' as PaymentId, refundId: 'refund-0' as RefundId },
};

/** Its fields, and the command that places it. */
export const orderCommandFacts = { ...facts, place: orderCommands(facts).place() };
