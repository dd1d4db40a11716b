import { z } from 'zod';
import {
  nextActionsOf,
  type NextAction as NextActionOf,
  type OrderActionName,
} from '../../../commands/order';
import { permissionIn } from '../../../commands/use-case/authorization';
import { useCases } from '../../../commands/registry';
import { reasonOf, type RejectionCode } from '../../../commands/rejections';
import type { Language, SerialNumber } from '../../../domain/kernel';
import type { KnownOrder } from '../../../domain/order';
import { uuid } from '../../../projections/fields';
import type { OrderDetails } from '../../../projections/order-details';
import { orderHolds, type HeldOrder } from '../../../projections/order-holds';
import { shipmentId as shipmentIdOf } from '../../../platform/ids';
import { may, type Viewer } from '../access/caller';
import type { EdgeContext, OrderShown } from '../context';
import { combined, enumType, objectType } from './object-type';
import type { Concept } from './resolvers';
import { errorTypeOf } from './user-errors';

const actionMeanings: Readonly<Record<OrderActionName, string>> = {
  payOrder: 'The mutation `payOrder`.',
  cancelOrder: 'The mutation `cancelOrder`.',
  cancelGoods: 'The mutation `cancelGoods`.',
  changeDestination: 'The mutation `changeDestination`.',
  confirmReceipt: 'The mutation `confirmReceipt`.',
  refundOrder: 'The mutation `refundOrder`. For staff.',
  retryCapture: 'The mutation `retryCapture`. For staff.',
  holdOrder: 'The mutation `holdOrder`. For staff.',
  releaseOrder: 'The mutation `releaseOrder`. For staff.',
  retryShipment: 'The mutation `retryShipment`. For staff.',
  moveShipment: 'The mutation `moveShipment`. For staff.',
  requestShipmentStatus: 'The mutation `requestShipmentStatus`. For staff.',
};

const codes = Object.keys(errorTypeOf) as readonly RejectionCode[];

const NextAction = z
  .strictObject({
    action: z.enum(Object.keys(actionMeanings) as [OrderActionName]).describe('The mutation.'),
    shipmentId: uuid()
      .nullable()
      .describe('The shipment that the mutation is about; null if it is about the order.'),
    isPossible: z
      .boolean()
      .describe('Whether the mutation would be accepted now. It decides again when it is sent.'),
    reason: z.string().nullable().describe('The reason why it is not possible; null where it is.'),
    code: z
      .enum(codes as [RejectionCode])
      .nullable()
      .describe('The code of the rejection; null where it is possible, or is done already.'),
  })
  .describe('A mutation of an order or of one of its shipments, with its possibility now.');
type NextAction = z.infer<typeof NextAction>;

const goneStatuses: readonly OrderDetails['shipments'][number]['status'][] = [
  ...(['LOADING', 'LOADED', 'DELIVERING', 'DELIVERED'] as const),
];

/** Returns the order as the decider takes it, as far as the read model has it. Its lines are not needed here. */
const stateOf = (shown: OrderDetails, held: HeldOrder | null): KnownOrder => {
  const { id: orderId, number, customerId, total, destination, payBy, placedAt, progress } = shown;
  const common = {
    ...{ orderId, number: number as SerialNumber, customerId, total, destination, payBy, placedAt },
    ...{ lines: [], suppliedEarly: [], moved: [], cancelled: [], notes: [], tags: [], formerAddresses: [] },
    holds: held?.holds.map(({ reason }) => reason) ?? [],
    // A document of version 3 has no such field.
    openPaymentId: (shown as Partial<OrderDetails>).openPaymentId ?? undefined,
    parts: [
      ...shown.shipments
        .filter(({ status }) => status !== 'CANCELLED')
        .map(({ id: shipmentId, warehouseId, status }) => ({
          ...{ shipmentId, warehouseId, lines: [], released: true, delivered: status === 'DELIVERED' },
          loading: { attempt: 1, mayBeGone: goneStatuses.includes(status) },
        })),
      // Documents of version 7 have only the parts that are shipments.
      ...((shown as Partial<OrderDetails>).partsToCome ?? []).map((warehouseId) => ({
        ...{ shipmentId: shipmentIdOf(orderId, warehouseId), warehouseId, lines: [] },
        ...{ released: false, delivered: false },
      })),
    ],
  };
  if (progress === 'PLACED') return { ...common, progress };
  const refunds = shown.refunds.map(({ id: refundId, amount, done, refusal }) => ({
    ...{ refundId, amount, done, lines: [], refused: refusal !== null },
  }));
  // Documents of version 10 have no captures.
  const { authorisedUntil = null, refusedCaptures = [] } = shown as Partial<OrderDetails>;
  const captures = refusedCaptures.map(({ shipmentId, captureId }) => ({
    ...{ shipmentId, captureId, status: 'REFUSED' as const },
  }));
  const { paymentId, paid, askedBackInFull } = shown;
  const payment =
    paymentId === null
      ? undefined
      : { paymentId, paid, refunds, askedBackInFull, ...(authorisedUntil !== null && { captures }) };
  if (progress === 'CANCELLED') return { ...common, progress, payment };
  if (payment === undefined) throw new Error(`The order ${orderId} is ${progress} without a payment`);
  return { ...common, progress, payment };
};

const done: Readonly<Record<Language, string>> = { en: 'It is done already.', zh: '已经完成。' };

const reasonWhyNot = (found: NextActionOf, language: Language): string | null => {
  if (found.kind === 'rejected') return reasonOf(found.rejection, language);
  return found.kind === 'done' ? done[language] : null;
};

/** Returns whether the viewer may send a mutation: as the customer of the order, or by the permission that it declares. */
const permittedTo =
  (viewer: Viewer, { customerId }: OrderDetails) =>
  (action: OrderActionName): boolean => {
    const { allow } = useCases[action];
    if (typeof allow === 'object' && viewer.kind === 'account' && viewer.id === customerId) return true;
    const permission = permissionIn(allow);
    return permission !== undefined && may(viewer, permission);
  };

/** Returns the actions of an order and its shipments, as its viewer sees them. */
export const actionsOf = async (
  shown: OrderShown,
  { viewer, loaders, language }: EdgeContext,
): Promise<readonly NextAction[]> => {
  // What can be done with an order of the past is not known.
  if (shown.asOf !== undefined) return [];
  // Holds decide on actions of staff only.
  const held = may(viewer, 'order:hold') ? await loaders.orderHolds.load(shown.id, viewer) : null;
  const isCustomer = !may(viewer, 'order:change');
  const known = stateOf(shown, held);
  return nextActionsOf(known, shown.shipments, permittedTo(viewer, shown), { isCustomer }).map((found) => ({
    action: found.action,
    shipmentId: found.shipmentId ?? null,
    isPossible: found.kind === 'possible',
    reason: reasonWhyNot(found, language),
    code: found.kind === 'rejected' ? found.rejection.code : null,
  }));
};

/** The field of an order that says which mutations are possible, and why others are not. */
export const nextActionsField = {
  type: '[NextAction!]!',
  description:
    'The mutations of the order and its shipments that the caller may send, with the reason why one is not possible now. Empty for an order of the past.',
  resolve: (shown: OrderShown, _args: object, context: EdgeContext) => actionsOf(shown, context),
};

export const nextActions: Concept = combined(
  enumType<OrderActionName>(
    'OrderAction',
    'A mutation of an order or of one of its shipments.',
    actionMeanings,
  ),
  objectType('NextAction', NextAction, {
    readModels: [orderHolds],
    types: { action: 'OrderAction', code: 'ErrorCode' },
  }),
);
