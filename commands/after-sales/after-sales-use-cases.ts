import { z } from 'zod';
import {
  afterSales,
  afterSalesTextMax,
  requestLinesMax,
  type AfterSalesCommand,
} from '../../domain/after-sales';
import type { AccountId, AfterSalesId } from '../../domain/kernel';
import { order } from '../../domain/order';
import { shipment } from '../../domain/shipment';
import type { Aggregates } from '../../platform/execution';
import { requestedBy, type AllowedContext } from '../use-case/authorization';
import { named } from '../use-case/fields';
import {
  afterSalesIdSchema,
  disputePartySchema,
  productIdSchema,
  quantitySchema,
  textSchema,
  warehouseIdSchema,
} from '../use-case/input';
import { demandEnabledMerchant } from '../merchant';
import { nothing, outcomeOf, rejected } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';
import { isWarehouse } from '../warehouse';
import { requestAfterSales } from './request-after-sales';

const remarkSchema = textSchema(afterSalesTextMax).describe('The words of the answer; may be empty.');
const returnToSchema = textSchema(500)
  .min(1)
  .describe('The address that the goods go back to. Without it: the sender of the parcel.');
const carrierSchema = textSchema(100).min(1).describe('The name of the carrier.');
const trackingNumberSchema = textSchema(100).min(1).describe("The carrier's number of the parcel.");
const ofRequest = { afterSalesId: afterSalesIdSchema };

const inspectedLineSchema = named(
  'InspectedLine',
  'The pieces of one product in a parcel that came back, by their condition.',
  z.object({
    productId: productIdSchema,
    restocked: quantitySchema.describe('The pieces that are good as new; they are received into stock.'),
    writtenOff: quantitySchema.describe('The pieces that are accepted and not sold again.'),
    refused: quantitySchema.describe('The pieces that are not accepted and go back to the customer.'),
  }),
);

const byCustomer = { by: 'customer', or: 'after-sales:request' } as const;
const bySeller = { by: 'seller', or: 'after-sales:decide' } as const;

type Sent<Command> = Command extends AfterSalesCommand ? Omit<Command, 'at'> : never;

const execute = async (
  command: Sent<AfterSalesCommand>,
  context: AllowedContext,
  { aggregates, clock }: UseCaseDeps,
) => {
  const timed = { ...command, at: clock.now() } as AfterSalesCommand;
  return outcomeOf(await aggregates.of(afterSales).execute(command.afterSalesId, timed, context), nothing);
};

/**
 * Executes a command of the seller who must have sold the goods, or of a sender who may decide about all requests.
 *
 * @throws Fault `NOT_PERMITTED`: the seller is disabled as a merchant.
 */
const executeForSeller = async (
  command: Sent<Extract<AfterSalesCommand, { readonly sellerId?: AccountId | undefined }>>,
  context: AllowedContext,
  deps: UseCaseDeps,
) => {
  if (context.forAll) return execute(command, context, deps);
  const sellerId = context.principal.id as AccountId;
  await demandEnabledMerchant(deps, sellerId);
  return execute({ ...command, sellerId }, context, deps);
};

/** Executes a command of the seller about goods that a warehouse receives or sends. */
const executeAtWarehouse = async (
  command: Extract<
    Parameters<typeof executeForSeller>[0],
    { readonly type: 'RecordParcelReceived' | 'SendReplacement' }
  >,
  context: AllowedContext,
  deps: UseCaseDeps,
) => {
  const { warehouseId } = command;
  if (!(await isWarehouse(deps, warehouseId))) return rejected({ code: 'WAREHOUSE_NOT_FOUND', warehouseId });
  return executeForSeller(command, context, deps);
};

/** Tests whether a parcel of the order itself, which went to the customer, has this number. */
const isOfOrder = async (
  aggregates: Aggregates,
  afterSalesId: AfterSalesId,
  trackingNumber: string,
): Promise<boolean> => {
  const request = await aggregates.of(afterSales).load(afterSalesId);
  if (request.status === 'NONE') return false;
  const known = await aggregates.of(order).load(request.orderId);
  const parts = known.progress === 'NONE' ? [] : known.parts;
  const parcels = await Promise.all(parts.map(({ shipmentId }) => aggregates.of(shipment).load(shipmentId)));
  return parcels.some((parcel) => parcel.status !== 'NONE' && parcel.trackingNumber === trackingNumber);
};

const notFoundOrWrong = ['AFTER_SALES_NOT_FOUND', 'AFTER_SALES_WRONG_STATUS'] as const;

export const afterSalesUseCases = {
  requestAfterSales,

  withdrawAfterSales: useCase({
    summary: 'Withdraws a request whose goods were not sent back.',
    allow: byCustomer,
    input: z.object(ofRequest),
    success: z.object({}),
    rejections: notFoundOrWrong,
    handle: (input, context, deps) =>
      execute({ type: 'WithdrawAfterSales', ...input, ...requestedBy(context) }, context, deps),
  }),

  disputeAfterSales: useCase({
    summary: 'Disputes the refusal of a request. Staff then decide for good.',
    allow: byCustomer,
    input: z.object({
      ...ofRequest,
      description: textSchema(afterSalesTextMax).describe('The objections of the customer to the refusal.'),
    }),
    success: z.object({}),
    rejections: [...notFoundOrWrong, 'AFTER_SALES_DESCRIPTION_MISSING'],
    handle: (input, context, deps) =>
      execute({ type: 'DisputeAfterSales', ...input, ...requestedBy(context) }, context, deps),
  }),

  sendAfterSalesParcel: useCase({
    summary: 'Records that the customer has given the goods of an approved return to a carrier.',
    allow: byCustomer,
    input: z.object({ ...ofRequest, carrier: carrierSchema, trackingNumber: trackingNumberSchema }),
    success: z.object({}),
    rejections: [...notFoundOrWrong, 'TRACKING_NUMBER_TAKEN'],
    handle: async (input, context, deps) => {
      const { afterSalesId, trackingNumber } = input;
      // The number of the parcel that came would look like one that goes back and never arrives.
      if (await isOfOrder(deps.aggregates, afterSalesId, trackingNumber))
        return rejected({ code: 'TRACKING_NUMBER_TAKEN', trackingNumber });
      return execute({ type: 'RecordParcelSent', ...input, ...requestedBy(context) }, context, deps);
    },
  }),

  approveAfterSales: useCase({
    summary: 'Approves a request. Its goods are then awaited, or it is refunded where nothing comes back.',
    allow: bySeller,
    input: z.object({ ...ofRequest, remark: remarkSchema, returnTo: returnToSchema.exactOptional() }),
    success: z.object({}),
    rejections: notFoundOrWrong,
    handle: (input, context, deps) =>
      executeForSeller({ type: 'ApproveAfterSales', ...input }, context, deps),
  }),

  refuseAfterSales: useCase({
    summary: 'Refuses a request. The customer may dispute that.',
    allow: bySeller,
    input: z.object({ ...ofRequest, remark: remarkSchema.min(1) }),
    success: z.object({}),
    rejections: notFoundOrWrong,
    handle: (input, context, deps) => executeForSeller({ type: 'RefuseAfterSales', ...input }, context, deps),
  }),

  receiveAfterSalesParcel: useCase({
    summary: 'Records that a parcel of an approved return has arrived in a warehouse.',
    allow: bySeller,
    input: z.object({ ...ofRequest, warehouseId: warehouseIdSchema }),
    success: z.object({}),
    rejections: [...notFoundOrWrong, 'WAREHOUSE_NOT_FOUND'],
    handle: (input, context, deps) =>
      executeAtWarehouse({ type: 'RecordParcelReceived', ...input }, context, deps),
  }),

  inspectAfterSalesParcel: useCase({
    summary:
      'Records the goods in a parcel that came back, by their condition. Those that are accepted are refunded or replaced; without any the request is refused.',
    allow: bySeller,
    input: z.object({
      ...ofRequest,
      lines: z
        .array(inspectedLineSchema)
        .max(requestLinesMax)
        .readonly()
        .describe('The goods, each product once. What is left out did not arrive.'),
      remark: remarkSchema,
    }),
    success: z.object({}),
    rejections: [...notFoundOrWrong, 'AFTER_SALES_COUNT_WRONG'],
    handle: (input, context, deps) => executeForSeller({ type: 'InspectParcel', ...input }, context, deps),
  }),

  sendAfterSalesReplacement: useCase({
    summary: 'Sends the goods of an exchange from a warehouse, at no charge. They are taken from its stock.',
    allow: bySeller,
    input: z.object({
      ...ofRequest,
      warehouseId: warehouseIdSchema,
      carrier: carrierSchema,
      trackingNumber: trackingNumberSchema,
    }),
    success: z.object({}),
    rejections: [...notFoundOrWrong, 'WAREHOUSE_NOT_FOUND'],
    handle: (input, context, deps) =>
      executeAtWarehouse({ type: 'SendReplacement', ...input }, context, deps),
  }),

  refundAfterSalesInstead: useCase({
    summary: 'Refunds the price of goods that cannot be replaced.',
    allow: bySeller,
    input: z.object(ofRequest),
    success: z.object({}),
    rejections: notFoundOrWrong,
    handle: (input, context, deps) => executeForSeller({ type: 'RefundInstead', ...input }, context, deps),
  }),

  decideAfterSalesDispute: useCase({
    summary: 'Decides finally about a request that was disputed, or that was not decided in time.',
    allow: 'after-sales:settle',
    input: z.object({
      ...ofRequest,
      inFavourOf: disputePartySchema,
      remark: remarkSchema.min(1),
      returnTo: returnToSchema.exactOptional(),
    }),
    success: z.object({}),
    rejections: notFoundOrWrong,
    handle: (input, context, deps) => execute({ type: 'DecideDispute', ...input }, context, deps),
  }),

  retryAfterSalesRefund: useCase({
    summary: 'Requests a refund again that failed.',
    allow: 'after-sales:settle',
    input: z.object(ofRequest),
    success: z.object({}),
    rejections: notFoundOrWrong,
    handle: (input, context, deps) => execute({ type: 'RetryAfterSalesRefund', ...input }, context, deps),
  }),

  closeAfterSales: useCase({
    summary: 'Closes a request whose refund failed, for example because the money went back in another way.',
    allow: 'after-sales:settle',
    input: z.object({ ...ofRequest, remark: remarkSchema.min(1) }),
    success: z.object({}),
    rejections: notFoundOrWrong,
    handle: (input, context, deps) => execute({ type: 'CloseAfterSales', ...input }, context, deps),
  }),
};
