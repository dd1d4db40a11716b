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
    /** Stores and applies the content of a carrier's answer. A repeat changes nothing. */
    readonly heard: (told: Told) => Promise<unknown>;
    /** Limits the number of concurrent sendings. */
    readonly inTurn: <Result>(send: () => Promise<Result>) => Promise<Result>;
  };

/** The content of a carrier's answer to a message of ours. `body`: the answer's. */
export type Told = {
  readonly carrier: CarrierConfig;
  readonly messageId: CarrierMessageId;
  readonly report: CarrierReport;
  readonly body: string;
  readonly traceparent: string | undefined;
};

type Open = Omit<Sendable, 'email'> & {
  readonly carrier: string;
  readonly correlationId: string;
  /** Ends the wait for the next attempt, because the message is settled. */
  readonly settled: AbortController;
};

/** The abort reason of a message that needs no further attempt. */
const SETTLED = new Error('The message is settled');

/**
 * Messages that carriers have not acknowledged. The messages of one shipment go one after the other, because a carrier
 * cannot load a shipment that it has no notice of; those of different shipments go in parallel.
 */
export class Outbox {
  private readonly open = new Map<CarrierMessageId, Open>();
  /** The messages to send, by shipment; only while sending is on. */
  private readonly lanes = new Map<ShipmentId, Open[]>();
  /** Set while sending is on; otherwise messages are only collected. */
  private sending: AbortController | undefined;

  private readonly told: Reader<CarrierMessageDocument>;

  constructor(private readonly deps: OutboxDeps) {
    this.told = openReader(deps.readModels, carrierMessages, deps.clock);
  }

  get openCount(): number {
    return this.open.size;
  }

  /** Adds a message from the read model. */
  recover(document: CarrierMessageDocument): void {
    const { id, carrier, seqnum, notice, queuedAt, correlationId, traceparent } = document;
    this.begin({
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
        this.begin({ id, carrier, seqnum, notice, queuedAt, correlationId, traceparent });
        return;
      }
      case 'CarrierMessageAcked':
      case 'CarrierMessageAlarmed':
        this.settle(id);
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
    for (const message of this.open.values()) this.line(message, this.sending.signal);
  }

  /** Stops sending; messages in flight may still arrive. */
  pause(): void {
    this.sending?.abort(new Error('Another process tells the carriers'));
    this.sending = undefined;
    this.lanes.clear();
  }

  /** Handles an acknowledgement by number, in a message of the carrier. */
  async acknowledged(carrier: string, seqnum: SerialNumber): Promise<void> {
    const known = [...this.open.values()].find((open) => open.carrier === carrier && open.seqnum === seqnum);
    const id = known?.id ?? (await this.storedId(carrier, seqnum));
    if (id === undefined)
      this.deps.logger.warn({ carrier, seqnum }, 'An ack for a message that we never sent');
    else await this.record(id, carrier, { type: 'RecordCarrierAck', carrierMessageId: id, at: this.now() });
  }

  private now(): Instant {
    return this.deps.clock.now();
  }

  private begin(message: Omit<Open, 'settled'>): void {
    if (this.open.has(message.id)) return;
    const open: Open = { ...message, settled: new AbortController() };
    this.open.set(open.id, open);
    if (this.sending) this.line(open, this.sending.signal);
  }

  private line(message: Open, sending: AbortSignal): void {
    const { shipmentId } = message.notice;
    const lane = this.lanes.get(shipmentId);
    if (lane) {
      lane.push(message);
      return;
    }
    const begun = [message];
    this.lanes.set(shipmentId, begun);
    const signal = AbortSignal.any([this.deps.signal, sending]);
    this.work(shipmentId, begun, signal).catch((error: unknown) => {
      if (!signal.aborted)
        this.deps.logger.error({ shipmentId, error }, 'Messages of a shipment wait for a restart');
    });
  }

  private settle(id: CarrierMessageId): void {
    this.open.get(id)?.settled.abort(SETTLED);
    this.open.delete(id);
  }

  private async requeue(id: CarrierMessageId): Promise<void> {
    const stored = await untilPossible(this.deps, () => this.told.get(id));
    if (stored) this.recover(stored.document);
  }

  private async storedId(carrier: string, seqnum: SerialNumber): Promise<CarrierMessageId | undefined> {
    const page = await this.told.list({ index: 'by_seqnum', where: { carrier, seqnum }, first: 1 });
    return page.items[0]?.document.id;
  }

  private async work(shipmentId: ShipmentId, lane: Open[], signal: AbortSignal): Promise<void> {
    for (let message = lane[0]; message; message = lane[0]) {
      await this.deliver(message, signal);
      lane.shift();
    }
    // Not one that was begun after a pause.
    if (this.lanes.get(shipmentId) === lane) this.lanes.delete(shipmentId);
  }

  private async deliver(message: Open, signal: AbortSignal): Promise<void> {
    const { carriers, clock, random, limits, logger } = this.deps;
    const carrier = carriers.find(({ name }) => name === message.carrier);
    const { id, carrier: name, seqnum } = message;
    let refusals = 0;
    for (let tries = 1; !message.settled.signal.aborted; tries += 1) {
      signal.throwIfAborted();
      const result: TryResult = carrier
        ? await this.send(carrier, message)
        : { kind: 'unclear', reason: `There is no carrier ${name}` };
      // Interrupted by our own stop, which is no failure of the carrier.
      signal.throwIfAborted();
      if (result.kind === 'acked') {
        if (carrier) await this.hear(carrier, message, result);
        return this.conclude(message, { type: 'RecordCarrierAck' });
      }
      const { reason } = result;
      refusals = result.kind === 'refused' ? refusals + 1 : 0;
      if (tries >= limits.triesMax || refusals >= limits.refusalsMax) {
        logger.error({ carrier: name, seqnum, id, tries, reason }, 'A carrier does not accept a message');
        return this.conclude(message, { type: 'RaiseCarrierAlarm', tries, reason });
      }
      logger.warn({ carrier: name, seqnum, tries, reason }, 'A carrier did not acknowledge a message');
      const either = AbortSignal.any([signal, message.settled.signal]);
      await clock.sleep(backoffDelay(tries - 1, limits.resend, random), either).catch(() => undefined);
    }
  }

  /**
   * Applies an answer's content before the message counts as acknowledged: after a crash it is sent again, and answered
   * again.
   */
  private async hear(
    carrier: CarrierConfig,
    { id: messageId, traceparent }: Open,
    { reports, answer: body }: Extract<TryResult, { kind: 'acked' }>,
  ): Promise<void> {
    for (const report of reports) await this.deps.heard({ carrier, messageId, report, body, traceparent });
  }

  private send(carrier: CarrierConfig, message: Open): Promise<TryResult> {
    const { notice, traceparent } = message;
    const attributes = { 'waybill.carrier': carrier.name, 'waybill.shipment_number': notice.shipmentNumber };
    const options = { kind: 'client', parent: traceparent, attributes } as const;
    return this.deps.inTurn(() =>
      withSpan(`carrier ${notice.kind}`, options, async () => {
        const email = notice.kind === 'created' ? await this.emailOf(notice.customerId) : undefined;
        return tryToSend(this.deps, carrier, { ...message, email });
      }),
    );
  }

  private emailOf(customerId: AccountId): Promise<string | undefined> {
    return this.deps.emailOf(customerId).catch(() => undefined);
  }

  private async conclude(
    { id, carrier }: Open,
    what: { type: 'RecordCarrierAck' } | { type: 'RaiseCarrierAlarm'; tries: number; reason: string },
  ): Promise<void> {
    await this.record(id, carrier, { ...what, carrierMessageId: id, at: this.now() });
    this.settle(id);
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
