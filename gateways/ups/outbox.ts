import type { Aggregates } from '../../commands/aggregates';
import type { CommandContext } from '../../commands/port';
import {
  carrierMessage,
  type CarrierMessageCommand,
  type CarrierMessageEvent,
} from '../../domain/carrier-message';
import type { AccountId, CarrierMessageId, Instant, SerialNumber, ShipmentId } from '../../domain/kernel';
import { backoffDelay } from '../../platform/faults';
import type { RecordedEvent } from '../../platform/event-store';
import { uuidV7 } from '../../platform/identity';
import type { ReadModels } from '../../platform/read-models';
import { withSpan } from '../../platform/telemetry';
import { openReader, type Reader } from '../../projections/runtime';
import { carrierMessages, type CarrierMessageDocument } from '../../projections/carrier-messages';
import { untilKnown, untilPossible, type UntilKnownDeps } from '../outcome';
import { tryToSend, type ClientDeps, type Sendable, type TryResult } from './client';
import type { CarrierConfig, UpsGatewayLimits } from './settings';

export type OutboxDeps = UntilKnownDeps &
  ClientDeps & {
    readonly carriers: readonly CarrierConfig[];
    readonly aggregates: Aggregates;
    readonly readModels: ReadModels;
    readonly limits: UpsGatewayLimits;
    /** The customer's e-mail address, where we still know it. */
    readonly emailOf: (customerId: AccountId) => Promise<string | undefined>;
    /** Runs so many sendings at once as are allowed. */
    readonly inTurn: <Result>(send: () => Promise<Result>) => Promise<Result>;
  };

type Open = Omit<Sendable, 'email'> & {
  readonly carrier: string;
  readonly correlationId: string;
  /** Ends the wait for the next try: the message is settled. */
  readonly settled: AbortController;
};

/** Why a message is not tried any more: it is what its stream says, not what went wrong. */
const SETTLED = new Error('The message is settled');

/**
 * What carriers were told and have not acknowledged. The messages of one shipment go one after the other, because a carrier
 * cannot load what it has not heard of; those of different shipments go side by side.
 */
export class Outbox {
  private readonly open = new Map<CarrierMessageId, Open>();
  private readonly lanes = new Map<ShipmentId, Open[]>();
  private started = false;

  private readonly told: Reader<CarrierMessageDocument>;

  constructor(private readonly deps: OutboxDeps) {
    this.told = openReader(deps.readModels, carrierMessages, deps.clock);
  }

  get openCount(): number {
    return this.open.size;
  }

  /** Takes up a message as the read model has it. */
  recover(document: CarrierMessageDocument): void {
    const { id, carrier, seqnum, notice, queuedAt, correlationId, traceparent } = document;
    this.begin({
      ...{ id, carrier, seqnum: seqnum as SerialNumber, notice, queuedAt, correlationId },
      traceparent: traceparent ?? undefined,
    });
  }

  /** Follows the messages' events; the same one again changes nothing. */
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
          this.deps.logger.error({ id, error }, 'A message was not taken up again'),
        );
    }
  }

  /** From now on messages are sent; until then they are only gathered, because some may be settled already. */
  start(): void {
    this.started = true;
    for (const shipmentId of this.lanes.keys()) this.run(shipmentId);
  }

  /** A carrier acknowledged by number, in a message of its own. */
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
    const { shipmentId } = open.notice;
    const lane = this.lanes.get(shipmentId);
    if (lane) lane.push(open);
    else {
      this.lanes.set(shipmentId, [open]);
      if (this.started) this.run(shipmentId);
    }
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

  private run(shipmentId: ShipmentId): void {
    this.work(shipmentId).catch((error: unknown) => {
      if (!this.deps.signal.aborted)
        this.deps.logger.error({ shipmentId, error }, 'Messages of a shipment wait for a restart');
    });
  }

  private async work(shipmentId: ShipmentId): Promise<void> {
    const lane = this.lanes.get(shipmentId) ?? [];
    for (let message = lane[0]; message; message = lane[0]) {
      await this.deliver(message);
      lane.shift();
    }
    this.lanes.delete(shipmentId);
  }

  private async deliver(message: Open): Promise<void> {
    const { carriers, clock, random, limits, logger, signal } = this.deps;
    const carrier = carriers.find(({ name }) => name === message.carrier);
    let reason = `There is no carrier ${message.carrier}`;
    for (let tries = 1; !message.settled.signal.aborted; tries += 1) {
      signal.throwIfAborted();
      const result: TryResult = carrier ? await this.send(carrier, message) : { acked: false, reason };
      // Cut short by our own end: no carrier is to blame.
      signal.throwIfAborted();
      if (result.acked) return this.conclude(message, { type: 'RecordCarrierAck' });
      reason = result.reason;
      const { id, carrier: name, seqnum } = message;
      if (tries >= limits.triesMax) {
        logger.error({ carrier: name, seqnum, id, tries, reason }, 'A carrier does not take a message');
        return this.conclude(message, { type: 'RaiseCarrierAlarm', tries, reason });
      }
      logger.warn({ carrier: name, seqnum, tries, reason }, 'A carrier did not acknowledge a message');
      const either = AbortSignal.any([signal, message.settled.signal]);
      await clock.sleep(backoffDelay(tries - 1, limits.resend, random), either).catch(() => undefined);
    }
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
    await untilKnown(this.deps, () => aggregates.execute(carrierMessage, id, command, context));
  }
}
