import type { OrderDetails } from '../../../projections/order-details';
import type { Shown } from '../../../projections/order-details/timeline-text';
import * as money from '../domain/held-money';
import { gbp, paymentId, total } from '../domain/orders';
import { shipmentId } from '../domain/shipments';
import type { Row } from './it-projects';

type Fact =
  Shown | typeof money.orderCaptureRequested | typeof money.released | typeof money.refundedWithRelease;
type OfOrder = Row<OrderDetails, Fact>;

/** Rows of an order whose money is held. @param row - a row that adds `summary` to the timeline, besides the changes. */
export const heldOrderRows = (
  row: (on: Shown, summary: string, changes?: Partial<OrderDetails>, before?: OrderDetails) => OfOrder,
  paidOrder: OrderDetails,
): readonly OfOrder[] => {
  const isHeld = { authorisedUntil: money.authorisedUntil, held: total };
  const heldOrder: OrderDetails = { ...paidOrder, ...isHeld, captured: gbp(0) };
  const refusedCaptures = [{ shipmentId, captureId: money.captureId, reason: 'The bank refuses.' }];
  const { id } = paidOrder;
  return [
    row(money.orderHeld, '£26.70 is held, and is taken as the goods leave.', {
      ...{ status: 'PAID', progress: 'PAID', paid: total, paymentId, ...isHeld },
    }),
    row(
      money.orderCaptureRefused,
      'The money for a packed parcel could not be taken: The bank refuses.',
      { refusedCaptures },
      heldOrder,
    ),
    {
      on: money.orderCaptureRequested,
      because: 'settles the refusal before it',
      touches: [{ id, before: { ...heldOrder, refusedCaptures }, after: heldOrder }],
    },
    row(
      money.orderCaptured,
      '£20.00 was taken for goods that are packed.',
      { held: gbp(670), captured: money.taken },
      heldOrder,
    ),
    {
      on: money.released,
      because: 'is held no longer',
      touches: [{ id, before: heldOrder, after: { ...heldOrder, held: gbp(2_000) } }],
    },
    {
      on: money.refundedWithRelease,
      because: 'is held no longer where it goes back with other money',
      touches: [{ id, before: heldOrder, after: { ...heldOrder, held: gbp(2_000) } }],
    },
    row(money.voided, '£6.70 is held no longer.', { voided: gbp(670) }, heldOrder),
  ];
};
