import type { Aggregates } from '../../commands/aggregates';
import type { CommandClient, CommandContext, InputOf, UseCaseName } from '../../commands/port';
import type { CarrierReport, InboundOutcome } from '../../domain/carrier-inbound';
import type { ProductId, SerialNumber, WorldId } from '../../domain/kernel';
import { warehouse, type WarehouseState } from '../../domain/warehouse';
import { worldCommand } from '../../domain/world-command';
import { worldLink } from '../../domain/world-link';
import { commandId } from '../../platform/identity';
import type { ReadModels } from '../../platform/read-models';
import { worldCommands, type WorldCommandDocument } from '../../projections/world-commands';
import { pinned } from '../recovery';
import { untilKnown, type UntilKnownDeps } from '../outcome';
import type { FoundShipment, Shipments } from './shipments';

export type ApplyDeps = UntilKnownDeps & {
  readonly aggregates: Aggregates;
  readonly commands: CommandClient;
  readonly readModels: ReadModels;
  readonly shipments: Shipments;
  readonly productByNumber: (number: SerialNumber) => Promise<ProductId | undefined>;
  /** The link that a carrier with that permission may point at a world. */
  readonly worldLink: string;
};

/** Stands for the world that a report over HTTP does not name. */
const OVER_HTTP = 'http' as WorldId;

type Reported<Kind extends CarrierReport['kind']> = Extract<CarrierReport, { kind: Kind }>;

const applied: InboundOutcome = { kind: 'applied' };
const parked = (code: string, reason: string): InboundOutcome => ({ kind: 'parked', code, reason });

/**
 * Gives carriers' reports their effect, through the use cases; a report that is refused there is parked with the refusal.
 *
 * Every command's id is derived from the message's, so a report that is applied again changes nothing more.
 */
export class Applier {
  constructor(private readonly deps: ApplyDeps) {}

  async apply(report: CarrierReport, context: CommandContext): Promise<InboundOutcome> {
    switch (report.kind) {
      case 'truck-arrived':
        return this.truckArrived(report, context);
      case 'goods-arrived':
        return this.goodsArrived(report, context);
      case 'world-chosen':
        return this.worldChosen(report, context);
      case 'truck-dispatched':
      case 'tracking-assigned':
      case 'delivery-started':
      case 'delivered':
      case 'packed':
      case 'loaded': {
        const found = await this.deps.shipments.byNumber(report.shipmentNumber);
        return found ? this.ofShipment(report, found, context) : this.unknown(report.shipmentNumber);
      }
    }
  }

  private unknown(number: SerialNumber): InboundOutcome {
    return parked('SHIPMENT_NOT_FOUND', `There is no shipment ${number}`);
  }

  private ofShipment(
    report: Exclude<CarrierReport, { kind: 'truck-arrived' | 'goods-arrived' | 'world-chosen' }>,
    found: FoundShipment,
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const { shipmentId } = found;
    const of = { ...context, correlationId: found.correlationId };
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
    { truckId, warehouseId, shipmentNumber }: Reported<'truck-arrived'>,
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const { aggregates, shipments } = this.deps;
    const site: WarehouseState = await aggregates.load(warehouse, warehouseId);
    if (site.status === 'NONE') return parked('WAREHOUSE_NOT_FOUND', `There is no warehouse ${warehouseId}`);
    const named = shipmentNumber === undefined ? undefined : await shipments.byNumber(shipmentNumber);
    if (shipmentNumber !== undefined && named === undefined) return this.unknown(shipmentNumber);
    // A truck that names no shipment takes all that is packed and on no truck.
    const waiting = named ? [named] : await shipments.packedAt(warehouseId);
    const outcomes = await Promise.all(
      waiting.map(({ shipmentId, correlationId }) =>
        this.send(
          'recordTruckArrived',
          { shipmentId, truckId, warehouseId },
          { ...context, commandId: commandId(context.commandId, shipmentId), correlationId },
        ),
      ),
    );
    // Where the truck was for all, one that another truck took meanwhile is nobody's mistake.
    return named ? (outcomes[0] ?? applied) : applied;
  }

  /** A World that reports over HTTP says what arrived, not which of our requests it answers: the oldest like it. */
  private async goodsArrived(
    { warehouseId, goods }: Reported<'goods-arrived'>,
    context: CommandContext,
  ): Promise<InboundOutcome> {
    for (const { productNumber, quantity } of goods) {
      const productId = await this.deps.productByNumber(productNumber);
      if (productId === undefined)
        return parked('PRODUCT_NOT_FOUND', `There is no product of number ${productNumber}`);
      const buy = await this.openBuy({ warehouseId, productNumber, quantity });
      const purpose = `arrived ${productNumber}`;
      const booked = await this.send(
        'receiveStock',
        {
          warehouseId,
          productId,
          quantity,
          ...(buy?.replenishmentId && { replenishmentId: buy.replenishmentId }),
        },
        { ...context, commandId: commandId(context.commandId, purpose) },
      );
      if (booked.kind === 'parked') return booked;
      if (buy) await this.settleBuy(buy.document, context);
    }
    return applied;
  }

  private async openBuy(wanted: { warehouseId: number; productNumber: number; quantity: number }) {
    const asked = await pinned<WorldCommandDocument>(this.deps.readModels, worldCommands);
    for await (const document of asked.all({ index: 'by_open', where: { open: true }, order: 'ascending' })) {
      const { request } = document;
      if (request.kind !== 'buy' || request.warehouseId !== wanted.warehouseId) continue;
      const [goods, ...others] = request.goods;
      if (others.length > 0 || goods?.productNumber !== wanted.productNumber) continue;
      if (goods.quantity === wanted.quantity) return { document, replenishmentId: request.replenishmentId };
    }
    return undefined;
  }

  private async settleBuy({ id }: WorldCommandDocument, context: CommandContext): Promise<void> {
    const { aggregates, clock } = this.deps;
    const by = { worldId: OVER_HTTP, answerSeqnum: context.commandId };
    const answer = { type: 'RecordWorldAnswer', worldCommandId: id, ...by, at: clock.now() } as const;
    const of = { ...context, commandId: commandId(context.commandId, `settle ${id}`) };
    await untilKnown(this.deps, () => aggregates.execute(worldCommand, id, answer, of));
  }

  private async worldChosen(
    { worldId }: Reported<'world-chosen'>,
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const { aggregates, clock, worldLink: link } = this.deps;
    const command = { type: 'ChooseWorld', link, worldId, at: clock.now() } as const;
    const executed = await untilKnown(this.deps, () => aggregates.execute(worldLink, link, command, context));
    return executed.kind === 'accepted'
      ? applied
      : parked(executed.rejection.code, JSON.stringify(executed.rejection));
  }

  private async send<Name extends UseCaseName>(
    name: Name,
    input: InputOf<Name>,
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const outcome = await untilKnown(this.deps, () => this.deps.commands.send(name, input, context));
    if (outcome.kind === 'accepted') return applied;
    const { code, ...figures } = outcome.rejection;
    return parked(code, JSON.stringify(figures));
  }
}
