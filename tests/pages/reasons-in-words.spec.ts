import { reasonOf } from '../../commands/rejections';
import { languages, type Language } from '../../domain/kernel';
import { orderStatuses } from '../../domain/order';
import { shipmentStatuses } from '../../domain/shipment';
import { tellable } from '../../gateways/graphql/operations/error-formatting';
import { requestErrors } from '../../gateways/graphql/operations/request-errors';
import { en } from '../../web/text/en';
import { zh } from '../../web/text/zh';

const id = '0198f4a0-0000-7000-8000-000000000001' as never;
const texts = { en, zh };

const inWords = (rejection: Parameters<typeof reasonOf>[0], language: Language): string =>
  texts[language].reasonOf(rejection.code, reasonOf(rejection, language));

describe.each(languages)('the reason why an action is not possible, in the language %s', (language) => {
  const { statuses, requestStatuses } = texts[language];

  it.each(orderStatuses)('has words for an order with the status %s', (status) => {
    const text = inWords({ code: 'ORDER_WRONG_STATUS', orderId: id, status }, language);
    expect(text).toContain(`“${statuses[status]}”`);
    expect(text).not.toContain(status);
  });

  it.each(shipmentStatuses)('has words for a shipment with the status %s', (status) => {
    const text = inWords({ code: 'SHIPMENT_WRONG_STATUS', shipmentId: id, status }, language);
    expect(text).toContain(`“${statuses[status]}”`);
    expect(text).not.toContain(status);
  });

  it('has the words of a request where it is about one', () =>
    expect(
      inWords({ code: 'AFTER_SALES_WRONG_STATUS', afterSalesId: id, status: 'REFUNDED' }, language),
    ).toContain(`“${requestStatuses.REFUNDED}”`));

  it('has the words of a hold where it is about one', () => {
    const held = inWords({ code: 'ORDER_HELD', orderId: id, reasons: ['FRAUD', 'OTHER'] }, language);
    const { FRAUD, OTHER } = texts[language].holdReasons;
    expect(held).toContain(`“${FRAUD}”`);
    expect(held).toContain(`“${OTHER}”`);
  });

  it.each(['PAID', 'FREE'])('keeps typed text, such as the SKU %s', (sku) => {
    const rejection = { code: 'PRODUCT_ALREADY_REGISTERED', productId: id, sku } as const;
    expect(inWords(rejection, language)).toBe(reasonOf(rejection, language));
    expect(inWords(rejection, language)).toContain(sku);
  });
});

describe('what the server says in English alone', () => {
  const other = zh.reasonOf('NO_SUCH_CODE', 'A new fault.');
  /** Errors that no page makes: of a client that speaks GraphQL by itself. */
  const ofPrograms = /^(BAD_REQUEST|MEDIA_|METHOD_|GRAPHQL_PARSE|OPERATION_|INTERNAL)/;
  const codes = [...tellable, ...Object.keys(requestErrors).filter((code) => !ofPrograms.test(code))];

  it.each(codes)('%s has Chinese words of its own', (code) =>
    expect(zh.reasonOf(code, 'In English.')).not.toBe(other),
  );

  it('keeps the reference to name in a report', () =>
    expect(zh.reasonOf('INTERNAL', 'This went wrong. Reference: 0198f4a0-0000.')).toBe(
      `${other}参考编号：0198f4a0-0000。`,
    ));

  it('leaves what the pages say in Chinese themselves', () =>
    expect(zh.reasonOf('INPUT_INVALID', '请输入金额。')).toBe('请输入金额。'));
});
