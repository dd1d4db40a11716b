import { setMaxListeners } from 'node:events';
import type { FastifyPluginCallback } from 'fastify';
import type { Aggregates } from '../../platform/execution';
import type { Numbers } from '../../commands/numbering';
import type { CommandClient } from '../../commands';
import { carrierInboundEventTypes, type CarrierInboundEvent } from '../../domain/carrier-inbound';
import { carrierMessageEventTypes, type CarrierMessageEvent } from '../../domain/carrier-message';
import type { AccountId, ProductId, SerialNumber } from '../../domain/kernel';
import type { Clock, Random } from '../../platform/clock';
import { createGate } from '../../platform/concurrency';
import type { EventStore, RecordedEvent } from '../../platform/event-store';
import { supervise } from '../../platform/faults';
import { createHttpPost, type PostOverHttp } from '../../platform/http-client';
import type { ReadModels } from '../../platform/read-models';
import type { Logger } from '../../platform/telemetry';
import { carrierInbox, type CarrierInboxDocument } from '../../projections/carrier-inbox';
import { carrierMessages, type CarrierMessageDocument } from '../../projections/carrier-messages';
import { pinned } from '../../platform/read-models';
import { ReportHandler } from './report-handler';
import { Inbox, type Message } from './inbox';
import { Outbox, type AnsweredReport } from './outbox';
import { carrierRoutes } from './routes';
import { upsGatewayLimits, type CarrierConfig, type UpsGatewayLimits } from './settings';
import type { Shipments } from './shipments';
import { PendingInbound } from './pending-inbound';

export type UpsGatewayDeps = {
  readonly carriers: readonly CarrierConfig[];
  readonly store: EventStore;
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly commands: CommandClient;
  readonly readModels: ReadModels;
  readonly shipments: Shipments;
  readonly emailOf: (customerId: AccountId) => Promise<string | undefined>;
  readonly productByNumber: (number: SerialNumber) => Promise<ProductId | undefined>;
  /** The connection to the World that an operator carrier may point at another world. */
  readonly worldLink: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits?: Partial<UpsGatewayLimits> | undefined;
  /** The runtime's own HTTP client unless a simulation provides another. */
  readonly post?: PostOverHttp | undefined;
  /** True to only receive until `takeOver`, because another process sends. Default false. */
  readonly standsBy?: boolean | undefined;
};

export interface UpsGateway {
  /** To be registered on the shared HTTP server, at its root. */
  readonly routes: FastifyPluginCallback;
  /**
   * `unacked`: messages that carriers have not acknowledged. `receiving`: messages of carriers that are being applied.
   */
  status(): { readonly unacked: number; readonly receiving: number };
  /** Starts sending, and continues the unfinished work of the previous process. */
  takeOver(): void;
  /** Stops sending, because another process sends; this one still receives. */
  standBy(): void;
  /** Stops sending and applying; unfinished messages continue after the next start. */
  close(): Promise<void>;
}

const isMessageEvent = (
  event: RecordedEvent,
): event is Omit<RecordedEvent, 'type' | 'data'> & CarrierMessageEvent =>
  event.type in carrierMessageEventTypes;

const isInboundEvent = (
  event: RecordedEvent,
): event is Omit<RecordedEvent, 'type' | 'data'> & CarrierInboundEvent =>
  event.type in carrierInboundEventTypes;

/** The path of a report in an answer to a message of ours. */
const ANSWER_PATH = 'answer';

const messageOf = ({ carrier, messageId, report, body, traceparent }: AnsweredReport): Message => ({
  ...{ carrier: carrier.name, dialect: carrier.dialect, path: ANSWER_PATH, report, body, traceparent },
  // A message that is sent again after a crash may get an answer with further reports.
  key: { text: `answer ${messageId} ${JSON.stringify(report)}`, certain: true },
  answer: () => ({ status: 200, body: '{}' }),
});

const warnOfUnsigned = ({ carriers, logger }: UpsGatewayDeps): void => {
  for (const { name, dialect, unsignedFrom } of carriers)
    if (unsignedFrom.length > 0 && dialect !== 'signed')
      logger.warn(
        { carrier: name, dialect, from: unsignedFrom },
        'Messages of this carrier are accepted without a signature',
      );
};

/**
 * Receives carriers' messages and sends notices. The reactor `carrierReactions` runs separately and stores the notices;
 * this gateway sends each until it is acknowledged, and applies carriers' reports.
 *
 * Needs the read models `carrier_messages` and `carrier_inbox`, maintained by any process; their lag does not matter.
 */
export const startUpsGateway = (given: UpsGatewayDeps): UpsGateway => {
  const stopping = new AbortController();
  const { signal } = stopping;
  // Every wait in the gateway adds a listener.
  setMaxListeners(0, signal);
  const limits = { ...upsGatewayLimits, ...given.limits };
  const { store, readModels, clock, random, logger } = given;
  const gate = createGate('carriers', {
    concurrentMax: limits.inFlightMax,
    waitingMax: Number.MAX_SAFE_INTEGER,
  });
  const deps = { ...given, ...limits, limits, signal, post: given.post ?? createHttpPost(clock) };
  const inbox = new Inbox({ ...deps, reportHandler: new ReportHandler(deps) });
  const receiveReport = (report: AnsweredReport): Promise<unknown> => inbox.receive(messageOf(report));
  const outbox = new Outbox({ ...deps, receiveReport, limited: (send) => gate.run(send) });
  warnOfUnsigned(given);

  const pendingInbound = new PendingInbound({ inbox, logger, signal });
  let caughtUp = false;
  let isSending = given.standsBy !== true;
  const resume = (): void => {
    if (isSending) outbox.start();
    pendingInbound.applyAll();
  };

  const followEvents = async (): Promise<void> => {
    const messages = await pinned<CarrierMessageDocument>(readModels, carrierMessages);
    const inboxDocuments = await pinned<CarrierInboxDocument>(readModels, carrierInbox);
    // Before the documents, so that concurrent events are read twice rather than never.
    const checkpoints = await Promise.all([messages.checkpoint(), inboxDocuments.checkpoint()]);
    for await (const message of messages.all({ index: 'by_open', where: { open: true }, order: 'ascending' }))
      outbox.recover(message);
    pendingInbound.clear();
    for await (const { id } of inboxDocuments.all({ index: 'by_status', where: { status: 'received' } }))
      pendingInbound.add(id);
    const [after] = checkpoints.toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
    for await (const batch of store.subscribe(after === undefined ? { signal } : { after, signal })) {
      for (const event of batch.events) {
        if (isMessageEvent(event)) outbox.apply(event);
        else if (isInboundEvent(event)) pendingInbound.applyEvent(event, caughtUp && isSending);
      }
      if (!batch.caughtUp || caughtUp) continue;
      caughtUp = true;
      resume();
    }
  };

  const following = supervise(followEvents, {
    clock,
    random,
    signal,
    onFailure: (error) => logger.error({ error }, 'The carrier gateway lost the events and resumes'),
  });

  return {
    routes: carrierRoutes({ ...deps, inbox, acknowledged: (...ack) => outbox.recordAck(...ack) }),
    status: () => ({ unacked: outbox.openCount, receiving: inbox.openCount }),
    takeOver: () => {
      isSending = true;
      if (caughtUp) resume();
    },
    standBy: () => {
      isSending = false;
      outbox.pause();
    },
    close: async () => {
      stopping.abort(new Error('The carrier gateway stops'));
      await following;
    },
  };
};
