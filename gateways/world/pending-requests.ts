import { LRUCache } from 'lru-cache';
import {
  epochMsOf,
  type Millis,
  type SerialNumber,
  type WarehouseId,
  type WorldCommandId,
} from '../../domain/kernel';
import type { WorldCommandEvent, WorldRequest } from '../../domain/world-command';
import type { Clock, Random, Timer } from '../../platform/clock';
import type { RecordedEvent } from '../../platform/event-store';
import { ResendQueue } from '../../platform/resend-queue';
import type { WorldCommandDocument } from '../../projections/world-commands';
import type { WorldGatewayLimits } from './settings';
import { isRefusedOften } from './effects';
import { goodsKey, type ArrivedGoods } from './translate';
import { atMostEntries } from '../../platform/lru';

/** A command without an outcome. */
export type OpenCommand = {
  readonly id: WorldCommandId;
  readonly seqnum: SerialNumber;
  readonly request: WorldRequest;
  /** The acknowledging World; `sinceMs`: by our monotonic clock. */
  readonly acked: { readonly worldId: string; readonly sinceMs: number } | undefined;
  readonly correlationId: string;
  readonly traceparent: string | undefined;
};

type Open = { -readonly [Key in keyof OpenCommand]: OpenCommand[Key] } & { claimed: boolean };

export type PendingRequestsDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: WorldGatewayLimits;
  /** Called when there is something new to send. */
  readonly wake: () => void;
};

/** Returns the key of the World's messages that answer a request. */
const answerKey = (request: WorldRequest): string =>
  request.kind === 'buy'
    ? `buy:${goodsKey(request.warehouseId, request.goods)}`
    : `${request.kind}:${request.shipmentNumber}`;

/**
 * The unanswered commands of one World: a fold of the commands' events. It decides and stores nothing; after a restart
 * its state comes from the read model and the events.
 */
export class PendingRequests {
  private readonly open = new Map<WorldCommandId, Open>();
  private readonly bySeqnum = new Map<SerialNumber, Open>();
  /** By answer key, oldest first: the World answers equal requests in the order in which they were sent, if in any order. */
  private readonly byAnswer = new Map<string, Set<Open>>();
  private readonly answeredBy: LRUCache<string, WorldCommandId>;
  private readonly toSend: ResendQueue<WorldCommandId, Open>;
  /** Commands that wait until their warehouse is announced to the world. */
  private readonly waitingForWarehouse = new Map<WarehouseId, Set<Open>>();
  private readonly delayed = new Map<WorldCommandId, Timer>();
  private introduced: ReadonlySet<WarehouseId> = new Set();
  private worldId: string | undefined;

  constructor(private readonly deps: PendingRequestsDeps) {
    const { limits, random } = deps;
    this.answeredBy = new LRUCache(atMostEntries(limits.rememberedMax));
    this.toSend = new ResendQueue({ backoff: limits.resend, random, windowMax: limits.inFlightMax });
  }

  get openCount(): number {
    return this.open.size;
  }

  /** Returns the number of commands that the World has refused often and that are repeated. */
  get refusedCount(): number {
    let count = 0;
    for (const { request } of this.open.values()) if (isRefusedOften(request)) count += 1;
    return count;
  }

  /** Returns the number of commands without acknowledgement, sent or not. */
  get unackedCount(): number {
    let count = 0;
    for (const { acked } of this.open.values()) if (acked === undefined) count += 1;
    return count;
  }

  /** True while commands without acknowledgement were sent, or may be sent. */
  get isAwaitingAcks(): boolean {
    return this.toSend.size > 0;
  }

  /** Adds a command from the read model. */
  recover({
    id,
    seqnum,
    request,
    notBefore,
    worldId,
    status,
    correlationId,
    traceparent,
  }: WorldCommandDocument): void {
    const acked = status === 'acked' && worldId !== null ? { worldId, sinceMs: this.now() } : undefined;
    const command = { id, seqnum: seqnum as SerialNumber, request, acked, correlationId };
    this.add({ ...command, traceparent: traceparent ?? undefined }, notBefore ?? undefined);
  }

  /** Follows the commands' events; a repeat changes nothing. */
  apply(event: Omit<RecordedEvent, 'type' | 'data'> & WorldCommandEvent): void {
    const { data, metadata } = event;
    switch (event.type) {
      case 'WorldCommandQueued': {
        const { worldCommandId: id, seqnum, request, notBefore } = event.data;
        const { $correlationId: correlationId, traceparent } = metadata;
        this.add({ id, seqnum, request, acked: undefined, correlationId, traceparent }, notBefore);
        return;
      }
      case 'WorldCommandAcked':
        this.markAcked(data.worldCommandId, event.data.worldId);
        return;
      case 'WorldCommandAnswered':
      case 'WorldCommandRefused':
        this.remember(event.data.worldId, event.data.answerSeqnum, data.worldCommandId);
        this.remove(data.worldCommandId);
        return;
    }
  }

  /** Starts a new connection: all commands that this world has not acknowledged are due at once. */
  connect(worldId: string, introduced: ReadonlySet<WarehouseId>): void {
    this.worldId = worldId;
    this.introduced = introduced;
    for (const command of this.open.values()) {
      if (command.acked?.worldId === worldId) continue;
      command.acked = undefined;
      if (this.delayed.has(command.id)) continue;
      this.unschedule(command);
      this.schedule(command);
    }
  }

  /** Returns the commands to send now. */
  takeDue(): readonly OpenCommand[] {
    return this.toSend.takeDue(this.now(), this.deps.limits.commandsAtOnceMax);
  }

  /** Returns the time until the next command is due; undefined if there is none. */
  dueInMs(): number | undefined {
    const now = this.now();
    const next = this.toSend.nextDueAtMs(now);
    return next === undefined ? undefined : Math.max(0, next - now);
  }

  findBySeqnum(seqnum: SerialNumber): OpenCommand | undefined {
    return this.bySeqnum.get(seqnum);
  }

  /** Returns the oldest open command that such a message answers. */
  find(kind: 'pack' | 'load' | 'query', shipmentNumber: SerialNumber): OpenCommand | undefined {
    const [first] = this.byAnswer.get(`${kind}:${shipmentNumber}`) ?? [];
    return first;
  }

  /** Returns the oldest open buy of exactly these goods that no other arrival has claimed. */
  claimBuy(warehouseId: WarehouseId, goods: readonly ArrivedGoods[]): OpenCommand | undefined {
    for (const command of this.byAnswer.get(`buy:${goodsKey(warehouseId, goods)}`) ?? []) {
      if (command.claimed) continue;
      command.claimed = true;
      return command;
    }
    return undefined;
  }

  unclaim(id: WorldCommandId): void {
    const command = this.open.get(id);
    if (command) command.claimed = false;
  }

  /** Returns the command that a recent message of the World settled. */
  settledBy(worldId: string, answerSeqnum: string): WorldCommandId | undefined {
    return this.answeredBy.get(`${worldId}:${answerSeqnum}`);
  }

  /** Returns packs and loads whose answer is overdue; each is returned once in that time. */
  takeOverdue(): readonly OpenCommand[] {
    const now = this.now();
    const overdue: OpenCommand[] = [];
    for (const command of this.open.values()) {
      const { acked, request } = command;
      if (acked === undefined || (request.kind !== 'pack' && request.kind !== 'load')) continue;
      if (now - acked.sinceMs < this.deps.limits.overdueMs) continue;
      command.acked = { ...acked, sinceMs: now };
      overdue.push(command);
    }
    return overdue;
  }

  /** Marks a command as acknowledged, so that it is not sent again. */
  markAcked(id: WorldCommandId, worldId: string): void {
    const command = this.open.get(id);
    if (!command || command.acked?.worldId === worldId) return;
    // An acknowledgement of a former world says nothing about this one.
    if (this.worldId !== undefined && worldId !== this.worldId) return;
    command.acked = { worldId, sinceMs: this.now() };
    this.unschedule(command);
  }

  remove(id: WorldCommandId): void {
    const command = this.open.get(id);
    if (!command) return;
    this.open.delete(id);
    this.bySeqnum.delete(command.seqnum);
    const key = answerKey(command.request);
    const sameAnswer = this.byAnswer.get(key);
    sameAnswer?.delete(command);
    if (sameAnswer?.size === 0) this.byAnswer.delete(key);
    this.unschedule(command);
  }

  close(): void {
    for (const timer of this.delayed.values()) timer.cancel();
    this.delayed.clear();
  }

  private now(): number {
    return this.deps.clock.monotonicMs();
  }

  private add(command: OpenCommand, notBefore: string | undefined): void {
    if (this.open.has(command.id)) return;
    const open: Open = { ...command, claimed: false };
    this.open.set(open.id, open);
    this.bySeqnum.set(open.seqnum, open);
    const key = answerKey(open.request);
    const sameAnswer = this.byAnswer.get(key) ?? new Set();
    this.byAnswer.set(key, sameAnswer.add(open));
    if (open.acked !== undefined) return;
    const waitMs = notBefore === undefined ? 0 : Date.parse(notBefore) - epochMsOf(this.deps.clock.now());
    if (waitMs <= 0) {
      this.schedule(open);
      return;
    }
    const start = (): void => {
      this.delayed.delete(open.id);
      if (this.open.has(open.id)) this.schedule(open);
    };
    this.delayed.set(open.id, this.deps.clock.after(waitMs as Millis, start));
  }

  private schedule(command: Open): void {
    const { warehouseId } = command.request;
    if (this.worldId !== undefined && !this.introduced.has(warehouseId)) {
      const waiting = this.waitingForWarehouse.get(warehouseId) ?? new Set();
      this.waitingForWarehouse.set(warehouseId, waiting.add(command));
    } else this.toSend.add(command.id, command);
    this.deps.wake();
  }

  private unschedule(command: Open): void {
    this.toSend.remove(command.id);
    this.delayed.get(command.id)?.cancel();
    this.delayed.delete(command.id);
    const { warehouseId } = command.request;
    const waiting = this.waitingForWarehouse.get(warehouseId);
    waiting?.delete(command);
    if (waiting?.size === 0) this.waitingForWarehouse.delete(warehouseId);
  }

  private remember(worldId: string, answerSeqnum: string, id: WorldCommandId): void {
    this.answeredBy.set(`${worldId}:${answerSeqnum}`, id);
  }
}
