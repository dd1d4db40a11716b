import { z } from 'zod';
import {
  afterSales,
  afterSalesTextMax,
  evidenceMax,
  evidenceUrlMax,
  requestPhotosMax,
  requestsMax,
  type AfterSalesCommand,
  type AfterSalesKind,
  type AfterSalesReason,
  type KnownAfterSales,
} from '../../domain/after-sales';
import type { AccountId, OrderId, ProductId } from '../../domain/kernel';
import { money } from '../../domain/money';
import { amountsOf, order, type KnownOrder } from '../../domain/order';
import type { Aggregates } from '../../platform/execution';
import { afterSalesId as idOf } from '../../platform/ids';
import { requestedBy } from '../use-case/authorization';
import { named } from '../use-case/fields';
import {
  afterSalesIdSchema,
  afterSalesKindSchema,
  afterSalesReasonSchema,
  orderIdSchema,
  productIdSchema,
  quantitySchema,
  textSchema,
} from '../use-case/input';
import { outcomeOf, rejected } from '../use-case/outcome';
import { claimPhotos, pictureRejections, pictureIdsSchema } from '../catalogue/picture';
import { useCase } from '../use-case/use-case';
import { availableOf, requestsOf } from './available';

const lineSchema = named(
  'AfterSalesLine',
  'Goods of an order about which something is requested.',
  z.object({ productId: productIdSchema, quantity: quantitySchema, reason: afterSalesReasonSchema }),
);

/** The address of a picture or a document. The platform stores it, and never opens it. */
const evidenceSchema = z.url({ protocol: /^https$/ }).max(evidenceUrlMax);

type Line = { readonly productId: ProductId; readonly quantity: number; readonly reason: AfterSalesReason };

/** Adds what the order knows of the goods. Goods that it does not have are not available. */
const describedIn = (
  known: KnownOrder,
  requests: readonly KnownAfterSales[],
  kind: AfterSalesKind,
  lines: readonly Line[],
): Extract<AfterSalesCommand, { readonly type: 'RequestAfterSales' }>['lines'] =>
  lines.map((line) => {
    const { productId } = line;
    const sold = known.lines.find((each) => each.productId === productId);
    const available = availableOf(known, requests, { kind, productId });
    return { ...line, sku: sold?.sku ?? '', name: sold?.name ?? '', sellerId: sold?.sellerId, available };
  });

const ownOrder = async (
  aggregates: Aggregates,
  orderId: OrderId,
  asking: AccountId | undefined,
): Promise<KnownOrder | undefined> => {
  const known = await aggregates.of(order).load(orderId);
  return known.progress === 'NONE' || (asking !== undefined && asking !== known.customerId)
    ? undefined
    : known;
};

const isCount = ({ quantity }: Line): boolean => Number.isInteger(quantity) && quantity > 0;

/** Returns what the goods are worth now. Quantities that are no counts are rejected later. */
const worthOf = (known: KnownOrder, lines: readonly Line[]) =>
  money(
    amountsOf(known, lines.filter(isCount)).reduce((sum, { amount }) => sum + amount.amountMinor, 0),
    known.total.currency,
  );

export const requestAfterSales = useCase({
  summary:
    'Requests a refund, a return or an exchange of goods of an order. One seller has sold all of them.',
  allow: { by: 'customer', or: 'after-sales:request' },
  input: z.object({
    orderId: orderIdSchema,
    kind: afterSalesKindSchema,
    lines: z.array(lineSchema).max(1_000).readonly().describe('The goods, each product once.'),
    description: textSchema(afterSalesTextMax).describe(
      'The words of the customer. May be empty where the goods are only unwanted.',
    ),
    evidence: z
      .array(evidenceSchema)
      .max(evidenceMax)
      .readonly()
      .describe(`The https addresses of pictures or documents, at most ${evidenceMax}.`)
      .exactOptional(),
    photoIds: pictureIdsSchema
      .readonly()
      .describe(`The IDs of uploaded pictures, at most ${requestPhotosMax}.`)
      .exactOptional(),
  }),
  success: z.object({ afterSalesId: afterSalesIdSchema }),
  rejections: [
    'ORDER_NOT_FOUND',
    'AFTER_SALES_ALREADY_REQUESTED',
    'AFTER_SALES_LINES_INVALID',
    'AFTER_SALES_SELLERS_MIXED',
    'AFTER_SALES_UNAVAILABLE',
    'AFTER_SALES_TOO_MANY',
    'AFTER_SALES_TOO_LATE',
    'AFTER_SALES_DESCRIPTION_MISSING',
    ...pictureRejections,
  ],
  handle: async ({ orderId, kind, lines, description, evidence = [], photoIds }, context, deps) => {
    const { aggregates, clock } = deps;
    const { requestedBy: asking } = requestedBy(context);
    // The requests of an order that is not the caller's take time to load, which would show that it exists.
    if ((await ownOrder(aggregates, orderId, asking)) === undefined)
      return rejected({ code: 'ORDER_NOT_FOUND', orderId });
    const { commandId: requestKey } = context;
    // Requests at the same time take a number each: the one that comes second is decided again with the first one in view.
    for (let round = 1; ; round += 1) {
      const requests = await requestsOf(aggregates, orderId);
      // The order after its requests, so that goods that were refunded between count at least once.
      const known = await ownOrder(aggregates, orderId, asking);
      if (known === undefined) return rejected({ code: 'ORDER_NOT_FOUND', orderId });
      const repeated = requests.findIndex((one) => one.requestKey === requestKey);
      const number = (repeated === -1 ? requests.length : repeated) + 1;
      const afterSalesId = idOf(orderId, number);
      const photosOf = { photoIds, max: requestPhotosMax, owner: `after_sales:${afterSalesId}` } as const;
      const claimed = await claimPhotos(photosOf, context, deps);
      if (claimed.kind !== 'accepted') return claimed;
      const command = {
        type: 'RequestAfterSales',
        ...{ afterSalesId, orderId, orderNumber: known.number, number, requestKey, kind },
        customerId: known.customerId,
        lines: describedIn(known, requests, kind, lines),
        ...{ description, evidence, photos: claimed.value, worth: worthOf(known, lines) },
        ...{ orderedAt: known.placedAt, at: clock.now() },
      } as const;
      const executed = await aggregates.of(afterSales).execute(afterSalesId, command, context);
      const isTaken =
        executed.kind === 'rejected' && executed.rejection.code === 'AFTER_SALES_ALREADY_REQUESTED';
      if (!isTaken || round > requestsMax) return outcomeOf(executed, { afterSalesId });
    }
  },
});
