import type { PaymentId, RefundId } from '../../domain/kernel';
import type { TaxEntry } from '../../domain/money';
import type { OrderEvent } from '../../domain/order';
import { gbp, placed } from '../../tests/support/domain/orders';
import { projected } from '../../tests/support/projections/it-projects';
import { orderDetails } from './';

const entry = (net: number, tax: number): TaxEntry => ({
  ...{ category: 'STANDARD', rateHundredths: 2_000, net: gbp(net), tax: gbp(tax) },
});
const tax = { country: 'GB', isIncluded: true, entries: [entry(2_225, 445)] };
const lineTax = { category: 'STANDARD', amount: gbp(445) } as const;
const taxed = {
  ...placed,
  data: { ...placed.data, tax, lines: placed.data.lines.map((line) => ({ ...line, tax: lineTax })) },
};
const refund: OrderEvent = {
  type: 'OrderRefundRequested',
  data: {
    ...{ orderId: placed.data.orderId, paymentId: 'p' as PaymentId, refundId: 'r' as RefundId },
    ...{ amount: gbp(890), tax: [entry(742, 148)], reason: 'Broken', requestedAt: placed.data.placedAt },
  },
};

it('an order has its tax, that of its lines, and the part of it that a refund gives back', () => {
  const [document] = projected(orderDetails, [taxed, refund]).values();
  expect(document).toMatchObject({ tax, lines: [{ tax: lineTax }], refunds: [{ tax: [entry(742, 148)] }] });
});
