import type { CommandContext } from '../../platform/execution';
import type { CommandClient, InputOf, UseCaseName } from '../../commands';
import type { CarrierReport, InboundOutcome } from '../../domain/carrier-inbound';
import type { ProductId, SerialNumber, WarehouseId, WorldCommandId, WorldId } from '../../domain/kernel';
import { warehouse, type WarehouseState } from '../../domain/warehouse';
import { worldCommand, type BuyRequest } from '../../domain/world-command';
import { worldLink } from '../../domain/world-link';
import { stepOf } from '../../commands/use-case/outcome';
import type { ReadModels } from '../../platform/read-models';
import { worldCommands, type WorldCommandDocument } from '../../projections/world-commands';
import { pinned } from '../../platform/read-models';
import { untilKnown } from '../../platform/execution';
import { effectsOfArrival, goodsKey, queueFollowUp, type FollowUpDeps } from '../world';
import { productUnknown, reasonOf, shipmentUnknown, warehouseUnknown } from './reasons';
import { isCarriedBy, type CarrierConfig } from './settings';
import type { FoundShipment, Shipments } from './shipments';

export type ReportHandlerDeps = FollowUpDeps & {
  readonly carriers: readonly CarrierConfig[];
  readonly commands: CommandClient;
  readonly readModels: ReadModels;
  readonly shipments: Shipments;
  readonly productByNumber: (number: SerialNumber) => Promise<ProductId | undefined>;
  /** The connection that an operator carrier may point at a world. */
  readonly worldLink: string;
};

/** The world of reports over HTTP, which do not name one. */
const OVER_HTTP = 'http' as WorldId;

type GoodsArrived = Extract<CarrierReport, { kind: 'goods-arrived' }>;

/** Goods that arrived at a warehouse together. */
type ArrivedGoods = Pick<GoodsArrived, 'warehouseId' | 'goods'>;

type Buy = WorldCommandDocument & { readonly request: BuyRequest };

const isBuy = (document: WorldCommandDocument): document is Buy => document.request.kind === 'buy';

const keyOf = ({ warehouseId, goods }: ArrivedGoods): string => goodsKey(warehouseId, goods);

/** A report and the carrier that sent it. */
export type CarrierMessageReport<Kind extends CarrierReport['kind'] = CarrierReport['kind']> = {
  readonly carrier: string;
  readonly report: Extract<CarrierReport, { kind: Kind }>;
};

const applied: InboundOutcome = { kind: 'applied' };
const parked = (code: string, reason: string): InboundOutcome => ({ kind: 'parked', code, reason });
const refused = (rejection: Parameters<typeof reasonOf>[0]): InboundOutcome =>
  parked(rejection.code, reasonOf(rejection));
const unknownShipment = (number: SerialNumber): InboundOutcome =>
  parked('SHIPMENT_NOT_FOUND', shipmentUnknown(number));

/**
 * Applies carriers' reports through the use cases; a rejected report is parked with the rejection.
 *
 * Every command's id is derived from the message's, so a repeated report changes nothing.
 */
export class ReportHandler {
  constructor(private readonly deps: ReportHandlerDeps) {}

  async apply({ carrier, report }: CarrierMessageReport, context: CommandContext): Promise<InboundOutcome> {
    switch (report.kind) {
      case 'truck-arrived':
        return this.truckArrived({ carrier, report }, context);
      case 'goods-arrived':
        return this.goodsArrived(report, context);
      case 'world-chosen':
        return this.worldChosen(report, context);
      case 'truck-dispatched':
      case 'tracking-assigned':
      case 'delivery-started':
      case 'delivered': {
        const found = await this.carriedBy(carrier, report.shipmentNumber);
        return found ? this.ofShipment(report, found, context) : unknownShipment(report.shipmentNumber);
      }
      case 'packed':
      case 'loaded': {
        // The report is of a World, which handles the shipments of every carrier.
        const found = await this.deps.shipments.byNumber(report.shipmentNumber);
        return found ? this.ofShipment(report, found, context) : unknownShipment(report.shipmentNumber);
      }
    }
  }

  private async carriedBy(carrier: string, number: SerialNumber): Promise<FoundShipment | undefined> {
    const found = await this.deps.shipments.byNumber(number);
    return found && isCarriedBy(this.deps.carriers, carrier, found) ? found : undefined;
  }

  private ofShipment(
    report: Exclude<CarrierReport, { kind: 'truck-arrived' | 'goods-arrived' | 'world-chosen' }>,
    { shipmentId, correlationId }: FoundShipment,
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const of = { ...context, correlationId };
    switch (report.kind) {
      case 'truck-dispatched':
        return this.send('recordTruckDispatched', { shipmentId, truckId: report.truckId }, of);
      case 'tracking-assigned':
        return this.send('assignTracking', { shipmentId, trackingNumber: report.trackingNumber }, of);
      case 'delivery-started':
        return this.send('recordDeliveryStarted', { shipmentId }, of);
      case 'delivered':
        return this.send('recordDelivered', { shipmentId }, of);
      case 'packed':
        return this.send('recordPacked', { shipmentId }, of);
      case 'loaded':
        return this.send('recordLoaded', { shipmentId }, of);
    }
  }

  private async truckArrived(
    { carrier, report: { truckId, warehouseId, shipmentNumber } }: CarrierMessageReport<'truck-arrived'>,
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const { aggregates, carriers, shipments } = this.deps;
    const site: WarehouseState = await aggregates.of(warehouse).load(warehouseId);
    if (site.status === 'NONE') return parked('WAREHOUSE_NOT_FOUND', warehouseUnknown(warehouseId));
    const named = shipmentNumber === undefined ? undefined : await this.carriedBy(carrier, shipmentNumber);
    if (shipmentNumber !== undefined && named === undefined) return unknownShipment(shipmentNumber);
    // A truck without a shipment takes all packed shipments of its carrier that are on no truck.
    const toLoad = named
      ? [named]
      : (await shipments.packedAt(warehouseId)).filter((found) => isCarriedBy(carriers, carrier, found));
    const outcomes = await Promise.all(
      toLoad.map(({ shipmentId, correlationId }) =>
        this.send(
          'recordTruckArrived',
          { shipmentId, truckId, warehouseId },
          { ...stepOf(context, shipmentId), correlationId },
        ),
      ),
    );
    // Without a named shipment, one that another truck took meanwhile is no error.
    return named ? (outcomes[0] ?? applied) : applied;
  }

  /**
   * Adds stock, or queues the pack request that needed the goods. A World that reports over HTTP does not name the buy:
   * the oldest buy of all these goods is settled, or else the oldest one of each line.
   */
  private async goodsArrived(
    { warehouseId, goods }: GoodsArrived,
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const arrival = stepOf(context, 'arrived');
    const buy = goods.length > 1 ? await this.settleBuy({ warehouseId, goods }, arrival) : undefined;
    if (buy) return this.applyArrival(buy, arrival);
    for (const [index, line] of goods.entries()) {
      // The index is part of it, because the same product may occur twice in one report.
      const purpose = `arrived ${index} ${line.productNumber}`;
      const outcome = await this.lineArrived(warehouseId, line, stepOf(context, purpose));
      if (outcome.kind === 'parked') return outcome;
    }
    return applied;
  }

  private async lineArrived(
    warehouseId: WarehouseId,
    line: GoodsArrived['goods'][number],
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const { productNumber, quantity } = line;
    const productId = await this.deps.productByNumber(productNumber);
    if (productId === undefined) return parked('PRODUCT_NOT_FOUND', productUnknown(productNumber));
    const buy = await this.settleBuy({ warehouseId, goods: [line] }, context);
    if (buy) return this.applyArrival(buy, context);
    return this.send('receiveStock', { warehouseId, productId, quantity }, context);
  }

  private async applyArrival(buy: Buy, context: CommandContext): Promise<InboundOutcome> {
    const effects = effectsOfArrival(buy.request);
    for (const effect of effects) {
      if (effect.kind === 'queue') {
        await queueFollowUp(this.deps, buy, effect, { ...context, correlationId: buy.correlationId });
        continue;
      }
      const { name, input } = effect;
      const part = effects.length === 1 ? context : stepOf(context, input.productId);
      const outcome = await this.send(name, input, part);
      if (outcome.kind === 'parked') return outcome;
    }
    return applied;
  }

  /**
   * Settles the oldest open buy of exactly these goods under the arrival's id, in the buy's own stream, before any
   * effect: no other arrival gets it, and a repeat of the arrival finds it again.
   */
  private async settleBuy(arrived: ArrivedGoods, context: CommandContext): Promise<Buy | undefined> {
    const documents = await pinned<WorldCommandDocument>(this.deps.readModels, worldCommands);
    const wanted = keyOf(arrived);
    const open: Buy[] = [];
    for await (const document of documents.all({
      index: 'by_open',
      where: { open: true },
      order: 'ascending',
    }))
      if (isBuy(document) && keyOf(document.request) === wanted) open.push(document);
    // Read after the open ones, so that a buy that this arrival has settled is in one of the two, with any lag of the
    // read model.
    const where = { worldId: OVER_HTTP, answerSeqnum: context.commandId };
    for await (const document of documents.all({ index: 'by_answer', where }))
      if (isBuy(document)) return document;
    for (const buy of open) if (await this.settle(buy.id, context)) return buy;
    return undefined;
  }

  /** Returns true if this arrival settles the buy, now or before; false if another arrival did. */
  private async settle(id: WorldCommandId, context: CommandContext): Promise<boolean> {
    const { aggregates, clock } = this.deps;
    const by = { worldId: OVER_HTTP, answerSeqnum: context.commandId };
    const answer = { type: 'RecordWorldAnswer', worldCommandId: id, ...by, at: clock.now() } as const;
    const of = stepOf(context, `settle ${id}`);
    const executed = await untilKnown(this.deps, () => aggregates.of(worldCommand).execute(id, answer, of));
    return executed.kind === 'accepted';
  }

  private async worldChosen(
    { worldId }: CarrierMessageReport<'world-chosen'>['report'],
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const { aggregates, clock, worldLink: link } = this.deps;
    const command = { type: 'ChooseWorld', link, worldId, at: clock.now() } as const;
    const executed = await untilKnown(this.deps, () =>
      aggregates.of(worldLink).execute(link, command, context),
    );
    return executed.kind === 'accepted' ? applied : refused(executed.rejection);
  }

  private async send<Name extends UseCaseName>(
    name: Name,
    input: InputOf<Name>,
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const outcome = await untilKnown(this.deps, () => this.deps.commands.send(name, input, context));
    return outcome.kind === 'accepted' ? applied : refused(outcome.rejection);
  }
}
