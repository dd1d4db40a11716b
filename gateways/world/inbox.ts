import type { Aggregates, CommandContext } from '../../platform/execution';
import type { CommandClient } from '../../commands';
import type { ProductId, SerialNumber, WorldId } from '../../domain/kernel';
import {
  worldCommand,
  type WorldCommandCommand,
  type WorldCommandState,
  type WorldRequest,
} from '../../domain/world-command';
import type { WorldCommandId } from '../../domain/kernel';
import { commandId } from '../../platform/ids';
import type { ReadModels } from '../../platform/read-models';
import { withSpan } from '../../platform/telemetry';
import { openReader, type Reader } from '../../platform/projections';
import { worldCommands, type WorldCommandDocument } from '../../projections/world-commands';
import { untilKnown, type UntilKnownDeps } from '../../platform/execution';
import {
  effectsOfAnswer,
  effectsOfRefusal,
  type Effect,
  type QueriedCommand,
  type Recording,
  isRefusedOften,
} from './effects';
import type { OpenCommand, PendingRequests } from './pending-requests';
import { linkNameOf, queueFollowUp, type QueueDeps } from './queue';
import { goodsKey, type WorldReport } from './translate';

export type InboxDeps = UntilKnownDeps &
  QueueDeps & {
    readonly link: string;
    readonly requests: PendingRequests;
    readonly aggregates: Aggregates;
    readonly commands: CommandClient;
    readonly readModels: ReadModels;
    /** Returns the product of a World's number; undefined if there is none. */
    readonly productByNumber: (number: SerialNumber) => Promise<ProductId | undefined>;
  };

/** The command that a report settles. */
type SettledCommand = {
  readonly id: WorldCommandId;
  readonly request: WorldRequest;
  readonly correlationId: string;
  readonly traceparent: string | undefined;
};

/** The cause of settling a command on behalf of another, distinct from the number that settled the other. */
type SettledBy = { readonly worldId: WorldId; readonly answerSeqnum: string };

type ReportOf<Kind extends WorldReport['kind']> = Extract<WorldReport, { kind: Kind }>;

/**
 * Applies the World's messages exactly once: the command that a message settles first records the
 * message's number, then the effects are stored under ids that are derived from the command. After a crash a repeat
 * finds that record and stores the same effects again, which changes nothing.
 */
export class Inbox {
  private readonly documents: Reader<WorldCommandDocument>;

  constructor(private readonly deps: InboxDeps) {
    this.documents = openReader(deps.readModels, worldCommands, deps.clock);
  }

  /**
   * Resolves when all effects of the message are stored, so that it may be acknowledged.
   *
   * @throws the signal's reason if the gateway stops first, and any permanent fault: then the message must not be
   * acknowledged, so that the World sends it again until an operator has removed the cause.
   */
  async receive(worldId: WorldId, report: WorldReport): Promise<void> {
    const settled =
      report.kind === 'arrived'
        ? await this.settleArrival(worldId, report)
        : await this.settleOther(worldId, report);
    if (settled) return this.applyEffects(settled, worldId, report);
    if (report.kind === 'arrived') return this.receiveUnrequested(worldId, report);
    const facts = { link: this.deps.link, ...report, seqnum: String(report.seqnum) };
    if (report.kind === 'refused')
      this.deps.logger.warn(facts, 'The World reports an error of an unknown command');
    else this.deps.logger.debug(facts, 'A report of the World belongs to no open command');
  }

  /** Stores the World's acknowledgement of a command. */
  async recordAck(worldId: WorldId, { id, correlationId }: OpenCommand): Promise<void> {
    const { aggregates, clock } = this.deps;
    const command = { type: 'RecordWorldAck', worldCommandId: id, worldId, at: clock.now() } as const;
    const context = this.contextOf({ id, correlationId, traceparent: undefined }, `ack ${worldId}`);
    await untilKnown(this.deps, () => aggregates.of(worldCommand).execute(id, command, context));
  }

  private async settleArrival(
    worldId: WorldId,
    report: ReportOf<'arrived'>,
  ): Promise<SettledCommand | undefined> {
    // A copy must not be matched to the next arrival of the same goods.
    const settled = await this.findSettled(worldId, report);
    if (settled) return settled;
    for (;;) {
      const claimed = this.deps.requests.claimBuy(report.warehouseId, report.goods);
      if (!claimed) return undefined;
      if (await this.recordOutcome(claimed, worldId, report)) return claimed;
    }
  }

  private async settleOther(
    worldId: WorldId,
    report: Exclude<WorldReport, { kind: 'arrived' }>,
  ): Promise<SettledCommand | undefined> {
    const open = this.findOpen(report);
    if (open && (await this.recordOutcome(open, worldId, report))) return open;
    return this.findSettled(worldId, report);
  }

  private findOpen(report: Exclude<WorldReport, { kind: 'arrived' }>) {
    const { requests } = this.deps;
    switch (report.kind) {
      case 'packed':
        return requests.find('pack', report.shipmentNumber);
      case 'loaded':
        return requests.find('load', report.shipmentNumber);
      case 'status':
        return requests.find('query', report.shipmentNumber);
      case 'refused':
        return requests.findBySeqnum(report.of);
    }
  }

  /** @returns true if this message is the command's outcome, now or before. */
  private async recordOutcome(
    { id, correlationId, traceparent }: SettledCommand,
    worldId: WorldId,
    report: WorldReport,
  ): Promise<boolean> {
    const { requests, clock } = this.deps;
    const answerSeqnum = String(report.seqnum);
    const common = { worldCommandId: id, worldId, answerSeqnum, at: clock.now() };
    const command: WorldCommandCommand =
      report.kind === 'refused'
        ? { type: 'RecordWorldRefusal', ...common, reason: report.reason }
        : {
            type: 'RecordWorldAnswer',
            ...common,
            status: report.kind === 'status' ? report.status : undefined,
          };
    const context = this.contextOf({ id, correlationId, traceparent }, `outcome ${worldId} ${answerSeqnum}`);
    try {
      const executed = await untilKnown(this.deps, () =>
        this.deps.aggregates.of(worldCommand).execute(id, command, context),
      );
      requests.remove(id);
      return executed.kind === 'accepted';
    } catch (error) {
      requests.unclaim(id);
      throw error;
    }
  }

  /** Finds the command that this message settled before. */
  private async findSettled(worldId: WorldId, report: WorldReport): Promise<SettledCommand | undefined> {
    const answerSeqnum = String(report.seqnum);
    const recent = this.deps.requests.settledBy(worldId, answerSeqnum);
    const candidates =
      recent === undefined
        ? await this.findStored(worldId, answerSeqnum)
        : [await this.settledCommand(recent)];
    // A World that lost its data may reuse a number for something else.
    return candidates.find((candidate) => candidate !== undefined && canAnswer(report, candidate.request));
  }

  private async settledCommand(id: WorldCommandId): Promise<SettledCommand | undefined> {
    const stored = await this.documents.get(id);
    if (stored) return settledOf(stored.document);
    // The read model is behind; the stream has everything except the trace.
    const state: WorldCommandState = await this.deps.aggregates.of(worldCommand).load(id);
    return state.status === 'none'
      ? undefined
      : { id, request: state.request, correlationId: id, traceparent: undefined };
  }

  private async findStored(worldId: WorldId, answerSeqnum: string): Promise<SettledCommand[]> {
    const page = await this.documents.list({
      index: 'by_answer',
      where: { worldId, answerSeqnum },
      first: 10,
    });
    return page.items.map(({ document }) => settledOf(document));
  }

  private async applyEffects(settled: SettledCommand, worldId: WorldId, report: WorldReport): Promise<void> {
    const { id, request } = settled;
    const queried = request.kind === 'query' ? await this.queriedCommand(request.of) : undefined;
    const effects =
      report.kind === 'refused'
        ? effectsOfRefusal(settled, report.reason, queried)
        : effectsOfAnswer(request, report.kind === 'status' ? report.status : undefined, queried);
    const attributes = { 'waybill.world_command': id, 'waybill.link': this.deps.link };
    const { traceparent } = settled;
    const options = { kind: 'consumer', parent: traceparent, links: [traceparent], attributes } as const;
    await withSpan(`world ${report.kind}`, options, async () => {
      const by = { worldId, answerSeqnum: `${report.seqnum}:query` };
      for (const effect of effects) await this.applyEffect(settled, effect, by);
    });
  }

  private async queriedCommand(of: WorldCommandId): Promise<QueriedCommand | undefined> {
    const state: WorldCommandState = await this.deps.aggregates.of(worldCommand).load(of);
    return state.status === 'none'
      ? undefined
      : { request: state.request, settled: state.status === 'settled' };
  }

  private async applyEffect(settled: SettledCommand, effect: Effect, by: SettledBy): Promise<void> {
    switch (effect.kind) {
      case 'record':
        await this.record(effect, this.contextOf(settled, purposeOf(effect)));
        return;
      case 'queue': {
        const { purpose, request } = effect;
        const after = { id: settled.id, link: linkNameOf(this.deps.links, request.warehouseId) };
        if (await queueFollowUp(this.deps, after, effect, this.contextOf(settled, purpose)))
          this.warnOfRefusals(request);
        return;
      }
      case 'settle':
        return this.settle(settled, effect, by);
    }
  }

  private warnOfRefusals(request: WorldRequest): void {
    if (!isRefusedOften(request)) return;
    const { kind, warehouseId, attempt } = request;
    const facts = { link: this.deps.link, kind, warehouseId, attempt };
    this.deps.logger.warn(facts, 'The World keeps refusing a command; it is sent again');
  }

  private async settle(
    settled: SettledCommand,
    { worldCommandId, refusal }: Extract<Effect, { kind: 'settle' }>,
    by: SettledBy,
  ): Promise<void> {
    const { aggregates, clock, requests } = this.deps;
    const common = { worldCommandId, ...by, at: clock.now() };
    const command: WorldCommandCommand =
      refusal === undefined
        ? { type: 'RecordWorldAnswer', ...common }
        : { type: 'RecordWorldRefusal', ...common, reason: refusal };
    const context = this.contextOf(settled, 'settle');
    await untilKnown(this.deps, () => aggregates.of(worldCommand).execute(worldCommandId, command, context));
    requests.remove(worldCommandId);
  }

  /** @returns true if it is recorded; a rejection is logged. */
  private async record(recording: Recording, context: CommandContext): Promise<boolean> {
    const { logger, link, commands } = this.deps;
    const outcome = await untilKnown(this.deps, () =>
      commands.send(recording.name, recording.input, context),
    );
    // The World did it too late, for example for a cancelled shipment. A retry would be rejected, too.
    if (outcome.kind === 'rejected')
      logger.warn({ link, ...recording, rejection: outcome.rejection }, 'A report of the World was rejected');
    return outcome.kind === 'accepted';
  }

  private async receiveUnrequested(worldId: WorldId, report: ReportOf<'arrived'>): Promise<void> {
    const { warehouseId, goods, seqnum } = report;
    const { logger, link } = this.deps;
    for (const [index, { productNumber, quantity, name }] of goods.entries()) {
      const facts = { link, warehouseId, productNumber, quantity, name };
      const productId = await this.deps.productByNumber(productNumber);
      if (productId === undefined) {
        logger.warn(facts, 'Goods arrived without an order, of an unknown product');
        continue;
      }
      const id = commandId(`${link} ${worldId} ${seqnum}`, `unasked ${index} ${productNumber}`);
      const context = this.contextOf({ id, correlationId: id, traceparent: undefined }, 'receiveStock');
      const input = { warehouseId, productId, quantity };
      if (await this.record({ kind: 'record', name: 'receiveStock', input }, context))
        logger.warn(facts, 'Goods arrived without an order; they are added to the stock');
    }
  }

  private contextOf(
    {
      id,
      correlationId,
      traceparent,
    }: Pick<SettledCommand, 'correlationId' | 'traceparent'> & { id: string },
    purpose: string,
  ): CommandContext {
    const principal = { kind: 'gateway', id: `world:${this.deps.link}`, roles: [] } as const;
    return { commandId: commandId(id, purpose), correlationId, principal, traceparent };
  }
}

const settledOf = ({ id, request, correlationId, traceparent }: WorldCommandDocument): SettledCommand => ({
  id,
  request,
  correlationId,
  traceparent: traceparent ?? undefined,
});

const purposeOf = ({ name, input }: Recording): string =>
  name === 'receiveStock' ? `${name} ${input.productId}` : name;

/** Tests whether a message can be the answer to a request. */
const canAnswer = (report: WorldReport, request: WorldRequest): boolean => {
  switch (report.kind) {
    case 'arrived':
      return (
        request.kind === 'buy' &&
        goodsKey(request.warehouseId, request.goods) === goodsKey(report.warehouseId, report.goods)
      );
    case 'packed':
      return request.kind === 'pack' && request.shipmentNumber === report.shipmentNumber;
    case 'loaded':
      return request.kind === 'load' && request.shipmentNumber === report.shipmentNumber;
    case 'status':
      return request.kind === 'query' && request.shipmentNumber === report.shipmentNumber;
    case 'refused':
      return true;
  }
};
