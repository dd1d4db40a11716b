import { setMaxListeners } from 'node:events';
import type { FastifyPluginCallback } from 'fastify';
import type { Aggregates } from '../../commands/aggregates';
import { createGate } from '../../commands/execution/gate';
import type { CommandClient } from '../../commands/port';
import { carrierInboundEventTypes, type InboundOutcome } from '../../domain/carrier-inbound';
import {
  carrierMessage,
  carrierMessageEventTypes,
  type CarrierMessageEvent,
} from '../../domain/carrier-message';
import type {
  AccountId,
  CarrierInboundId,
  CarrierMessageId,
  ProductId,
  SerialNumber,
} from '../../domain/kernel';
import type { Clock, Random } from '../../platform/clock';
import type { EventStore, RecordedEvent } from '../../platform/event-store';
import { supervise } from '../../platform/faults';
import { createHttpPost, type PostOverHttp } from '../../platform/http-post';
import { uuidV7 } from '../../platform/identity';
import type { ReadModels } from '../../platform/read-models';
import type { Logger } from '../../platform/telemetry';
import { carrierInbox, type CarrierInboxDocument } from '../../projections/carrier-inbox';
import { carrierMessages, type CarrierMessageDocument } from '../../projections/carrier-messages';
import { pinned } from '../recovery';
import { untilKnown, type UntilKnownDeps } from '../outcome';
import { Applier } from './apply';
import { Inbox } from './inbox';
import { Outbox } from './outbox';
import { carrierRoutes } from './routes';
import { upsGatewayLimits, type CarrierConfig, type UpsGatewayLimits } from './settings';
import type { Shipments } from './shipments';

export type UpsGatewayDeps = {
  readonly carriers: readonly CarrierConfig[];
  readonly store: EventStore;
  readonly aggregates: Aggregates;
  readonly commands: CommandClient;
  readonly readModels: ReadModels;
  readonly shipments: Shipments;
  readonly emailOf: (customerId: AccountId) => Promise<string | undefined>;
  readonly productByNumber: (number: SerialNumber) => Promise<ProductId | undefined>;
  /** The link to the World that a carrier with that permission may point elsewhere. */
  readonly worldLink: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits?: Partial<UpsGatewayLimits>;
  /** The runtime's own HTTP client unless a simulation brings another. */
  readonly post?: PostOverHttp;
  /** Whether it only listens until `takeOver`, because another process tells the carriers. Default no. */
  readonly standsBy?: boolean;
};

export interface UpsGateway {
  /** To be registered on the shared HTTP server, at its root. */
  readonly routes: FastifyPluginCallback;
  /** `unacked`: messages that carriers have not acknowledged. `receiving`: theirs that are being applied. */
  status(): { readonly unacked: number; readonly receiving: number };
  /** Tries a parked message again. @returns what came of it; undefined when there is no such message. */
  applyAgain(id: CarrierInboundId): Promise<InboundOutcome | undefined>;
  /** Has a message sent again that raised an alarm. @returns whether there is one of that id. */
  sendAgain(id: CarrierMessageId): Promise<boolean>;
  /** From now on this process tells the carriers, and goes on with what the one before it left undone. */
  takeOver(): void;
  /** From now on another process does; this one still listens. */
  standBy(): void;
  /** Stops sending and applying; what is open goes on after the next start. */
  close(): Promise<void>;
}

const RISE_AGAIN = { baseMs: 100, factor: 2, maxMs: 10_000 };

const isMessageEvent = (
  event: RecordedEvent,
): event is Omit<RecordedEvent, 'type' | 'data'> & CarrierMessageEvent =>
  event.type in carrierMessageEventTypes;

/** Which of the carriers' messages a crash may have interrupted: received, and nothing came of it. */
const followInterrupted = (interrupted: Set<CarrierInboundId>, { type, data }: RecordedEvent): void => {
  if (!(type in carrierInboundEventTypes)) return;
  const { carrierInboundId } = data as { readonly carrierInboundId: CarrierInboundId };
  if (type === 'CarrierInboundReceived') interrupted.add(carrierInboundId);
  else if (type !== 'CarrierInboundAnswered') interrupted.delete(carrierInboundId);
};

const warnOfUnsigned = ({ carriers, logger }: UpsGatewayDeps): void => {
  for (const { name, dialect, acceptUnsigned } of carriers)
    if (acceptUnsigned && dialect !== 'signed')
      logger.warn({ carrier: name, dialect }, 'Messages of this carrier are believed without a signature');
};

const requeue = async (
  deps: Pick<UpsGatewayDeps, 'aggregates' | 'clock' | 'random'> & UntilKnownDeps,
  id: CarrierMessageId,
): Promise<boolean> => {
  const { aggregates, clock, random } = deps;
  const commandId = uuidV7(clock, random);
  const principal = { kind: 'system', id: 'ups-gateway', roles: [] } as const;
  const command = { type: 'RequeueCarrierMessage', carrierMessageId: id, at: clock.now() } as const;
  const executed = await untilKnown(deps, () =>
    aggregates.execute(carrierMessage, id, command, { commandId, correlationId: commandId, principal }),
  );
  return executed.kind === 'accepted';
};

/**
 * Listens to carriers and tells them things. Beside it runs the workflow of `carrierReactions`, which stores what they are to
 * be told; this half sends it until it is acknowledged, and gives what they report its effect.
 *
 * Needs the read models `carrier_messages` and `carrier_inbox` to be kept up to date by somebody; how far they lag does not
 * matter.
 */
export const startUpsGateway = (given: UpsGatewayDeps): UpsGateway => {
  const stopping = new AbortController();
  const { signal } = stopping;
  // Whatever waits in here waits for this, too.
  setMaxListeners(0, signal);
  const limits = { ...upsGatewayLimits, ...given.limits };
  const { store, readModels, clock, random, logger } = given;
  const gate = createGate('carriers', {
    concurrentMax: limits.inFlightMax,
    waitingMax: Number.MAX_SAFE_INTEGER,
  });
  const deps = { ...given, ...limits, limits, signal, post: given.post ?? createHttpPost(clock) };
  const outbox = new Outbox({ ...deps, inTurn: (send) => gate.run(send) });
  const inbox = new Inbox({ ...deps, applier: new Applier(deps) });
  warnOfUnsigned(given);

  const interrupted = new Set<CarrierInboundId>();
  let caughtUp = false;
  let tells = given.standsBy !== true;
  const resume = (): void => {
    if (tells) outbox.start();
    for (const id of interrupted)
      inbox.applyAgain(id).catch((error: unknown) => {
        if (!signal.aborted) logger.error({ id, error }, 'A message of a carrier waits for a restart');
      });
  };

  const follow = async (): Promise<void> => {
    const told = await pinned<CarrierMessageDocument>(readModels, carrierMessages);
    const heard = await pinned<CarrierInboxDocument>(readModels, carrierInbox);
    // Before the documents, so that what happens meanwhile is read twice rather than never.
    const checkpoints = await Promise.all([told.checkpoint(), heard.checkpoint()]);
    for await (const message of told.all({ index: 'by_open', where: { open: true }, order: 'ascending' }))
      outbox.recover(message);
    interrupted.clear();
    for await (const { id } of heard.all({ index: 'by_status', where: { status: 'received' } }))
      interrupted.add(id);
    const [after] = checkpoints.toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
    for await (const batch of store.subscribe(after === undefined ? { signal } : { after, signal })) {
      for (const event of batch.events) {
        if (isMessageEvent(event)) outbox.apply(event);
        else followInterrupted(interrupted, event);
      }
      if (!batch.caughtUp || caughtUp) continue;
      caughtUp = true;
      resume();
    }
  };

  const following = supervise(follow, {
    ...{ clock, random, signal, backoff: RISE_AGAIN },
    onFailure: (error) => logger.error({ error }, 'The UPS gateway lost the events and takes them up again'),
  });

  return {
    routes: carrierRoutes({ ...deps, inbox, acknowledged: (...ack) => outbox.acknowledged(...ack) }),
    status: () => ({ unacked: outbox.openCount, receiving: inbox.openCount }),
    applyAgain: (id) => inbox.applyAgain(id),
    sendAgain: (id) => requeue(deps, id),
    takeOver: () => {
      tells = true;
      if (caughtUp) resume();
    },
    standBy: () => {
      tells = false;
      outbox.pause();
    },
    close: async () => {
      stopping.abort(new Error('The UPS gateway stops'));
      await following;
    },
  };
};
