import { account } from '../../domain/account';
import { afterSales } from '../../domain/after-sales';
import { erasures, erasuresId } from '../../domain/erasures';
import type {
  AccountId,
  AfterSalesId,
  Instant,
  ProductId,
  ReviewId,
  WebhookEndpointId,
} from '../../domain/kernel';
import { merchant } from '../../domain/merchant';
import { review } from '../../domain/review';
import { webhookEndpoints } from '../../domain/webhook-endpoints';
import { categoryOf, streamIdOf, type StreamName } from '../../platform/event-store';
import type { CommandContext } from '../../platform/execution';
import type { PersonKeys } from '../../platform/personal-data';
import { requireAccepted } from '../../platform/reactions';
import { stepOf } from '../use-case/outcome';
import type { UseCaseDeps } from '../use-case/use-case';

/** The numbers of what is open between a person and the shop. */
export type OpenMatters = { readonly orders: number; readonly requests: number; readonly sales: number };

/** Answers of the read models about a person. */
export type People = {
  /** Waits until the answers count all events that are stored now. @throws Fault `READ_MODELS_UNAVAILABLE`. */
  readonly catchUp: () => Promise<void>;
  readonly streamsOf: (person: AccountId) => Promise<readonly string[]>;
  readonly openMattersOf: (person: AccountId) => Promise<OpenMatters>;
  /** Returns the products of the seller that are withdrawn from the catalogue, or those that are not. */
  readonly productsOf: (
    seller: AccountId,
    { areWithdrawn }: { readonly areWithdrawn: boolean },
  ) => Promise<readonly ProductId[]>;
};

export type ErasureDeps = UseCaseDeps & {
  readonly people: People;
  readonly personKeys: Pick<PersonKeys, 'destroy'>;
};

/** The streams of one event: their names take at most 200 KiB. */
const STREAMS_AT_ONCE = 2_000;

type Erasure = { readonly accountId: AccountId; readonly erasedAt: Instant };

/** Removes the webhook endpoints of an erased account: its owner cannot any more. */
const removeEndpoints = async (
  aggregates: UseCaseDeps['aggregates'],
  { accountId, erasedAt: at }: Erasure,
  context: CommandContext,
): Promise<void> => {
  const owned = aggregates.of(webhookEndpoints);
  for (const endpointId of Object.keys((await owned.load(accountId)).endpoints) as WebhookEndpointId[]) {
    const remove = { type: 'RemoveEndpoint', ownerId: accountId, endpointId, at } as const;
    requireAccepted(await owned.execute(accountId, remove, stepOf(context, `remove ${endpointId}`)));
  }
};

/** Ends the sale of goods of an erased merchant. */
const closeShop = async (
  aggregates: UseCaseDeps['aggregates'],
  { accountId, erasedAt: at }: Erasure,
  context: CommandContext,
): Promise<void> => {
  const merchants = aggregates.of(merchant);
  if ((await merchants.load(accountId)).status !== 'APPROVED') return;
  const disable = { type: 'DisableMerchant', accountId, reason: 'The account was erased', at } as const;
  requireAccepted(await merchants.execute(accountId, disable, stepOf(context, 'close the shop')));
};

/** Removes the photos of an erased account from its reviews and requests: they may show the person, and no key seals them. */
const removePhotos = async (
  aggregates: UseCaseDeps['aggregates'],
  streams: readonly string[],
  { erasedAt: at }: Erasure,
  context: CommandContext,
): Promise<void> => {
  for (const stream of streams as readonly StreamName[]) {
    const [category, id] = [categoryOf(stream), streamIdOf(stream)];
    const step = stepOf(context, `photos of ${stream}`);
    if (category === review.category) {
      const remove = { type: 'RemovePhotos', reviewId: id as ReviewId, at } as const;
      requireAccepted(await aggregates.of(review).execute(id, remove, step));
    }
    if (category === afterSales.category) {
      const remove = { type: 'RemoveAfterSalesPhotos', afterSalesId: id as AfterSalesId, at } as const;
      requireAccepted(await aggregates.of(afterSales).execute(id, remove, step));
    }
  }
};

/**
 * Destroys the key of an account that was erased, and records the streams whose personal data is gone with it. The key comes
 * first: what is stored afterwards is stored without personal data, so the list is complete. Each step may be repeated.
 *
 * @param erasure - of `AccountErased`. @throws the faults of the stores and of the read models; a later call goes on.
 */
export const finishErasure = async (
  { aggregates, people, personKeys }: ErasureDeps,
  { accountId, erasedAt }: Erasure,
  context: CommandContext,
): Promise<void> => {
  const list = { type: 'ListErasure', accountId, at: erasedAt } as const;
  requireAccepted(
    await aggregates.of(erasures).execute(erasuresId, list, stepOf(context, 'list the erasure')),
  );
  await removeEndpoints(aggregates, { accountId, erasedAt }, context);
  await closeShop(aggregates, { accountId, erasedAt }, context);
  await personKeys.destroy(accountId, erasedAt);
  await people.catchUp();
  const found = await people.streamsOf(accountId);
  await removePhotos(aggregates, found, { accountId, erasedAt }, context);
  for (let from = 0; from < found.length; from += STREAMS_AT_ONCE) {
    const streams = found.slice(from, from + STREAMS_AT_ONCE);
    const command = { type: 'RecordErasedStreams', accountId, streams, at: erasedAt } as const;
    const step = stepOf(context, `erased ${streams.join()}`);
    requireAccepted(await aggregates.of(account).execute(accountId, command, step));
  }
};
