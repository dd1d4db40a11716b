import type { InputOf, MutationName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { Instant, PictureId } from '../../../domain/kernel';
import type { Example } from './account-examples';
import { ids } from './edge';

const { afterSales: afterSalesId, mug: productId, order: orderId, warehouse: warehouseId } = ids;
const of = { afterSalesId };
const nothing = {
  value: {},
  select: 'afterSalesRequest { id status }',
  shows: { afterSalesRequest: { id: afterSalesId, status: 'REQUESTED' } },
};
const line = { productId, quantity: 2, reason: 'DAMAGED' } as const;
const counted = { productId, restocked: 1, writtenOff: 1, refused: 0 };
const parcel = { carrier: 'Post', trackingNumber: 'RT-1' };

/** Returns an example whose input is the command of the use case. */
const same = <Sent extends object>(sends: Sent) => ({ input: sends, sends, ...nothing });

/** The examples of the mutations of after-sales requests. */
export const afterSalesExamples = {
  requestAfterSales: {
    ...same({
      ...{ orderId, kind: 'RETURN', lines: [line], description: 'Both are cracked.' },
      evidence: ['https://pictures.example/crack.jpg'],
      photoIds: ['a'.repeat(64) as PictureId],
    } as InputOf<'requestAfterSales'>),
    value: { afterSalesId },
  },
  withdrawAfterSales: same(of),
  disputeAfterSales: same({ ...of, description: 'They were cracked.' }),
  sendAfterSalesParcel: same({ ...of, ...parcel }),
  approveAfterSales: same({ ...of, remark: 'Sorry.', returnTo: 'Dock 4' }),
  refuseAfterSales: same({ ...of, remark: 'No.' }),
  receiveAfterSalesParcel: { ...same({ ...of, warehouseId }), input: { ...of, warehouseId: '1' } },
  inspectAfterSalesParcel: same({ ...of, lines: [counted], remark: '' }),
  sendAfterSalesReplacement: {
    ...same({ ...of, warehouseId, ...parcel }),
    input: { ...of, warehouseId: '1', ...parcel },
  },
  refundAfterSalesInstead: same(of),
  decideAfterSalesDispute: same({ ...of, inFavourOf: 'CUSTOMER' as const, remark: 'Granted.' }),
  retryAfterSalesRefund: same(of),
  closeAfterSales: same({ ...of, remark: 'Paid by hand.' }),
} satisfies { readonly [Name in Extract<MutationName, `${string}AfterSales${string}`>]: Example<Name> };

type Code = Extract<Rejection['code'], `AFTER_SALES_${string}`>;

/** One rejection of each code of after-sales requests, with figures. */
export const afterSalesSamples: { readonly [C in Code]: Omit<Extract<Rejection, { code: C }>, 'code'> } = {
  AFTER_SALES_NOT_FOUND: of,
  AFTER_SALES_WRONG_STATUS: { ...of, status: 'CLOSED' },
  AFTER_SALES_ALREADY_REQUESTED: of,
  AFTER_SALES_LINES_INVALID: { linesMax: 100 },
  AFTER_SALES_SELLERS_MIXED: {},
  AFTER_SALES_UNAVAILABLE: { productId, available: 1, wanted: 1.5 },
  AFTER_SALES_TOO_MANY: { max: 20 },
  AFTER_SALES_TOO_LATE: { until: '2027-01-02T03:04:05.000Z' as Instant },
  AFTER_SALES_DESCRIPTION_MISSING: {},
  AFTER_SALES_COUNT_WRONG: { productId, max: 2, counted: 2.5 },
};
