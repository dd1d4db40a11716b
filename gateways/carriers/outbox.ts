import { setMaxListeners } from 'node:events';
import type { Aggregates, CommandContext } from '../../platform/execution';
import type { CarrierReport } from '../../domain/carrier-inbound';
import {
  carrierMessage,
  type CarrierMessageCommand,
  type CarrierMessageEvent,
} from '../../domain/carrier-message';
import type { AccountId, CarrierMessageId, Instant, SerialNumber, ShipmentId } from '../../domain/kernel';
import { backoffDelay } from '../../platform/faults';
import type { RecordedEvent } from '../../platform/event-store';
import { uuidV7 } from '../../platform/ids';
import type { ReadModels } from '../../platform/read-models';
import { withSpan } from '../../platform/telemetry';
import { openReader, type Reader } from '../../platform/projections';
import { carrierMessages, type CarrierMessageDocument } from '../../projections/carrier-messages';
import { untilKnown, untilPossible, type UntilKnownDeps } from '../../platform/execution';
import { tryToSend, type ClientDeps, type Sendable, type TryResult } from './client';
import type { CarrierConfig, UpsGatewayLimits } from './settings';

export type OutboxDeps = UntilKnownDeps &
  ClientDeps & {
    readonly carriers: readonly CarrierConfig[];
    readonly aggregates: Aggregates;
    readonly readModels: ReadModels;
    readonly limits: UpsGatewayLimits;
    /** Returns the customer's e-mail address, if known. */
    readonly emailOf: (customerId: AccountId) => Promise<string | undefined>;
    /** Stores and applies a report in a carrier's answer. A repeat changes nothing. */
    readonly receiveReport: (report: AnsweredReport) => Promise<unknown>;
    /** Runs a sending within the limit of concurrent ones. */
    readonly limited: <Result>(send: () => Promise<Result>) => Promise<Result>;
  };

/** A report in a carrier's answer to a message of ours. `body`: the answer's. */
export type AnsweredReport = {
  readonly carrier: CarrierConfig;
  readonly messageId: CarrierMessageId;
  readonly report: CarrierReport;
  readonly body: string;
  readonly traceparent: string | undefined;
};

type OpenMessage = Omit<Sendable, 'email'> & {
  readonly carrier: string;
  readonly correlationId: string;
  /** Ends the wait for the next attempt, because the message is settled. */
  readonly settled: AbortController;
  /** Ends the wait for the next attempt, because staff have it sent now. */
  hurry: AbortController;
};

/** The abort reason of a message that needs no further attempt. */
const NO_FURTHER_ATTEMPT = new Error('The message is settled');

/**
 * Messages that carriers have not acknowledged. The messages of one shipment are sent in order, because a carrier cannot
 * load a shipment without its first notice; those of different shipments are sent in parallel.
 */
export class Outbox {
  private readonly open = new Map<CarrierMessageId, OpenMessage>();
  /** The messages to send, in order, by shipment; empty while sending is off. */
  private readonly queues = new Map<ShipmentId, OpenMessage[]>();
  /** Set while sending is on; otherwise messages are only collected. */
  private sending: AbortController | undefined;

  private readonly documents: Reader<CarrierMessageDocument>;

  constructor(private readonly deps: OutboxDeps) {
    this.documents = openReader(deps.readModels, carrierMessages, deps.clock);
  }

  get openCount(): number {
    return this.open.size;
  }

  /** Adds a message from the read model. */
  recover(document: CarrierMessageDocument): void {
    const { id, carrier, seqnum, notice, queuedAt, correlationId, traceparent } = document;
    this.add({
      ...{ id, carrier, seqnum: seqnum as SerialNumber, notice, queuedAt, correlationId },
      traceparent: traceparent ?? undefined,
    });
  }

  /** Follows the messages' events; a repeat changes nothing. */
  apply(event: Omit<RecordedEvent, 'type' | 'data'> & CarrierMessageEvent): void {
    const { carrierMessageId: id } = event.data;
    switch (event.type) {
      case 'CarrierMessageQueued': {
        const { carrier, seqnum, notice, queuedAt } = event.data;
        const { $correlationId: correlationId, traceparent } = event.metadata;
        this.add({ id, carrier, seqnum, notice, queuedAt, correlationId, traceparent });
        return;
      }
      case 'CarrierMessageAcked':
      case 'CarrierMessageAlarmed':
        this.remove(id);
        return;
      case 'CarrierMessageHandled':
        return;
      case 'CarrierMessageRequeued':
        this.requeue(id).catch((error: unknown) =>
          this.deps.logger.error({ id, error }, 'A message was not resumed'),
        );
    }
  }

  /** Starts sending. Before that, messages are only collected, because some may be settled already. */
  start(): void {
    if (this.sending !== undefined) return;
    this.sending = new AbortController();
    // Every message that waits for its next attempt adds a listener.
    setMaxListeners(0, this.sending.signal);
    for (const message of this.open.values()) this.enqueue(message, this.sending.signal);
  }

  /** Stops sending; messages in flight may still arrive. */
  pause(): void {
    this.sending?.abort(new Error('Another process sends to the carriers'));
    this.sending = undefined;
    this.queues.clear();
  }

  /** Handles an acknowledgement by number, in a message of the carrier. */
  async recordAck(carrier: string, seqnum: SerialNumber): Promise<void> {
    const open = [...this.open.values()].find((each) => each.carrier === carrier && each.seqnum === seqnum);
    const id = open?.id ?? (await this.storedId(carrier, seqnum));
    if (id === undefined)
      this.deps.logger.warn({ carrier, seqnum }, 'A carrier acknowledged an unknown message');
    else await this.record(id, carrier, { type: 'RecordCarrierAck', carrierMessageId: id, at: this.now() });
  }

  private now(): Instant {
    return this.deps.clock.now();
  }

  private add(message: Omit<OpenMessage, 'settled' | 'hurry'>): void {
    if (this.open.has(message.id)) return;
    const open: OpenMessage = {
      ...message,
      settled: new AbortController(),
      hurry: new AbortController(),
    };
    this.open.set(open.id, open);
    if (this.sending) this.enqueue(open, this.sending.signal);
  }

  private enqueue(message: OpenMessage, sending: AbortSignal): void {
    const { shipmentId } = message.notice;
    const queue = this.queues.get(shipmentId);
    if (queue) {
      queue.push(message);
      return;
    }
    const newQueue = [message];
    this.queues.set(shipmentId, newQueue);
    const signal = AbortSignal.any([this.deps.signal, sending]);
    this.sendQueued(shipmentId, newQueue, signal).catch((error: unknown) => {
      if (!signal.aborted)
        this.deps.logger.error({ shipmentId, error }, 'Messages of a shipment wait for a restart');
    });
  }

  private remove(id: CarrierMessageId): void {
    this.open.get(id)?.settled.abort(NO_FURTHER_ATTEMPT);
    this.open.delete(id);
  }

  private async requeue(id: CarrierMessageId): Promise<void> {
    const open = this.open.get(id);
    if (open) {
      open.hurry.abort();
      open.hurry = new AbortController();
      return;
    }
    const stored = await untilPossible(this.deps, () => this.documents.get(id));
    if (stored) this.recover(stored.document);
  }

  private async storedId(carrier: string, seqnum: SerialNumber): Promise<CarrierMessageId | undefined> {
    const page = await this.documents.list({ index: 'by_seqnum', where: { carrier, seqnum }, first: 1 });
    return page.items[0]?.document.id;
  }

  private async sendQueued(shipmentId: ShipmentId, queue: OpenMessage[], signal: AbortSignal): Promise<void> {
    for (let message = queue[0]; message; message = queue[0]) {
      await this.deliver(message, signal);
      queue.shift();
    }
    // After a pause the shipment may have a new queue.
    if (this.queues.get(shipmentId) === queue) this.queues.delete(shipmentId);
  }

  private async deliver(message: OpenMessage, signal: AbortSignal): Promise<void> {
    const { carriers, clock, random, limits, logger } = this.deps;
    const carrier = carriers.find(({ name }) => name === message.carrier);
    const { id, carrier: name, seqnum } = message;
    let refusals = 0;
    for (let attempts = 1; !message.settled.signal.aborted; attempts += 1) {
      signal.throwIfAborted();
      const result: TryResult = carrier
        ? await this.send(carrier, message)
        : { kind: 'unclear', reason: `There is no carrier ${name}` };
      // Interrupted by our own stop, which is no failure of the carrier.
      signal.throwIfAborted();
      if (result.kind === 'acked') {
        if (carrier) await this.receiveReports(carrier, message, result);
        return this.recordOutcome(message, { type: 'RecordCarrierAck' });
      }
      const { reason } = result;
      refusals = result.kind === 'refused' ? refusals + 1 : 0;
      if (attempts >= limits.triesMax || refusals >= limits.refusalsMax) {
        logger.error(
          { carrier: name, seqnum, id, tries: attempts, reason },
          'A carrier does not accept a message',
        );
        return this.recordOutcome(message, { type: 'RaiseCarrierAlarm', tries: attempts, reason });
      }
      logger.warn(
        { carrier: name, seqnum, tries: attempts, reason },
        'A carrier did not acknowledge a message',
      );
      const ended = AbortSignal.any([signal, message.settled.signal, message.hurry.signal]);
      await clock.sleep(backoffDelay(attempts - 1, limits.resend, random), ended).catch(() => undefined);
    }
  }

  /**
   * Applies the reports of an answer before the message counts as acknowledged: after a crash it is sent again and
   * answered again.
   */
  private async receiveReports(
    carrier: CarrierConfig,
    { id: messageId, traceparent }: OpenMessage,
    { reports, answer: body }: Extract<TryResult, { kind: 'acked' }>,
  ): Promise<void> {
    for (const report of reports)
      await this.deps.receiveReport({ carrier, messageId, report, body, traceparent });
  }

  private send(carrier: CarrierConfig, message: OpenMessage): Promise<TryResult> {
    const { notice, traceparent } = message;
    const attributes = { 'waybill.carrier': carrier.name, 'waybill.shipment_number': notice.shipmentNumber };
    const options = { kind: 'client', parent: traceparent, attributes } as const;
    return this.deps.limited(() =>
      withSpan(`carrier ${notice.kind}`, options, async () => {
        const email = notice.kind === 'created' ? await this.emailOf(notice.customerId) : undefined;
        return tryToSend(this.deps, carrier, { ...message, email });
      }),
    );
  }

  private emailOf(customerId: AccountId): Promise<string | undefined> {
    return this.deps.emailOf(customerId).catch(() => undefined);
  }

  private async recordOutcome(
    { id, carrier }: OpenMessage,
    command: { type: 'RecordCarrierAck' } | { type: 'RaiseCarrierAlarm'; tries: number; reason: string },
  ): Promise<void> {
    await this.record(id, carrier, { ...command, carrierMessageId: id, at: this.now() });
    this.remove(id);
  }

  private async record(id: CarrierMessageId, carrier: string, command: CarrierMessageCommand): Promise<void> {
    const { aggregates, clock, random } = this.deps;
    const correlationId = this.open.get(id)?.correlationId ?? id;
    const context: CommandContext = {
      ...{ commandId: uuidV7(clock, random), correlationId },
      principal: { kind: 'gateway', id: `carrier:${carrier}`, roles: [] },
    };
    await untilKnown(this.deps, () => aggregates.of(carrierMessage).execute(id, command, context));
  }
}
