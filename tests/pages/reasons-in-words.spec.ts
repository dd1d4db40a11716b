import { reasonOf } from '../../commands/rejections';
import { orderStatuses } from '../../domain/order';
import { shipmentStatuses } from '../../domain/shipment';
import { en } from '../../web/text/en';
import { zh } from '../../web/text/zh';

const id = '0198f4a0-0000-7000-8000-000000000001' as never;

describe('the reason why an action is not possible', () => {
  it.each(orderStatuses)('has words for an order with the status %s, in both languages', (status) => {
    const rejection = { code: 'ORDER_WRONG_STATUS', orderId: id, status } as const;
    for (const { reasonOf: inWords, statuses } of [en, zh]) {
      const text = inWords(rejection.code, reasonOf(rejection));
      expect(text).toContain(`“${statuses[status]}”`);
      expect(text).not.toContain(status);
    }
  });

  it.each(shipmentStatuses)('has words for a shipment with the status %s, in both languages', (status) => {
    const rejection = { code: 'SHIPMENT_WRONG_STATUS', shipmentId: id, status } as const;
    for (const { reasonOf: inWords, statuses } of [en, zh]) {
      const text = inWords(rejection.code, reasonOf(rejection));
      expect(text).toContain(`“${statuses[status]}”`);
      expect(text).not.toContain(status);
    }
  });

  it('has the words of a request, and those of a hold, where it is about these', () => {
    const status = 'REFUNDED';
    const rejection = { code: 'AFTER_SALES_WRONG_STATUS', afterSalesId: id, status } as const;
    expect(zh.reasonOf(rejection.code, reasonOf(rejection))).toContain(`“${zh.requestStatuses[status]}”`);
    const held = reasonOf({ code: 'ORDER_HELD', orderId: id, reasons: ['FRAUD', 'OTHER'] });
    expect(en.reasonOf('ORDER_HELD', held)).toBe('Staff hold the order: “Perhaps fraud”, “Another reason”.');
  });

  it.each(['PAID', 'FREE'])('keeps typed text, such as the SKU %s', (sku) => {
    const code = 'PRODUCT_ALREADY_REGISTERED';
    const text = reasonOf({ code, productId: id, sku });
    expect(text).toContain(sku);
    for (const { reasonOf: inWords } of [en, zh]) expect(inWords(code, text)).toBe(text);
  });
});
