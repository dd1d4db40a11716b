import type { Aggregates, CommandContext } from '../../platform/execution';
import type { CommandClient, InputOf, UseCaseName } from '../../commands/port';
import type { CarrierReport, InboundOutcome } from '../../domain/carrier-inbound';
import type { ProductId, SerialNumber, WarehouseId, WorldCommandId, WorldId } from '../../domain/kernel';
import { warehouse, type WarehouseState } from '../../domain/warehouse';
import { worldCommand, type BuyRequest } from '../../domain/world-command';
import { worldLink } from '../../domain/world-link';
import { commandId } from '../../platform/ids';
import type { ReadModels } from '../../platform/read-models';
import { worldCommands, type WorldCommandDocument } from '../../projections/world-commands';
import { pinned } from '../../platform/read-models';
import { untilKnown, type UntilKnownDeps } from '../../platform/execution';
import { productUnknown, reasonOf, shipmentUnknown, warehouseUnknown } from './reasons';
import { isCarriedBy, type CarrierConfig } from './settings';
import type { FoundShipment, Shipments } from './shipments';

export type ReportHandlerDeps = UntilKnownDeps & {
  readonly carriers: readonly CarrierConfig[];
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

/** Some of a product that arrived at a warehouse. */
type Arrived = {
  readonly warehouseId: WarehouseId;
  readonly productNumber: SerialNumber;
  readonly quantity: number;
};

type Buy = WorldCommandDocument & { readonly request: BuyRequest };

const isBuyOf = (document: WorldCommandDocument, wanted: Arrived): document is Buy => {
  const { request } = document;
  if (request.kind !== 'buy' || request.warehouseId !== wanted.warehouseId) return false;
  const [goods, ...others] = request.goods;
  return (
    others.length === 0 && goods?.productNumber === wanted.productNumber && goods.quantity === wanted.quantity
  );
};

/** What a carrier said, and who it is. */
export type Said<Kind extends CarrierReport['kind'] = CarrierReport['kind']> = {
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
 * Gives carriers' reports their effect, through the use cases; a report that is refused there is parked with the refusal.
 *
 * Every command's id is derived from the message's, so a report that is applied again changes nothing more.
 */
export class ReportHandler {
  constructor(private readonly deps: ReportHandlerDeps) {}

  async apply({ carrier, report }: Said, context: CommandContext): Promise<InboundOutcome> {
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
        // Said by a World, which handles the shipments of every carrier.
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
    { carrier, report: { truckId, warehouseId, shipmentNumber } }: Said<'truck-arrived'>,
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const { aggregates, carriers, shipments } = this.deps;
    const site: WarehouseState = await aggregates.load(warehouse, warehouseId);
    if (site.status === 'NONE') return parked('WAREHOUSE_NOT_FOUND', warehouseUnknown(warehouseId));
    const named = shipmentNumber === undefined ? undefined : await this.carriedBy(carrier, shipmentNumber);
    if (shipmentNumber !== undefined && named === undefined) return unknownShipment(shipmentNumber);
    // A truck that names no shipment takes all that its carrier carries, is packed and on no truck.
    const waiting = named
      ? [named]
      : (await shipments.packedAt(warehouseId)).filter((found) => isCarriedBy(carriers, carrier, found));
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
    { warehouseId, goods }: Said<'goods-arrived'>['report'],
    context: CommandContext,
  ): Promise<InboundOutcome> {
    for (const [index, { productNumber, quantity }] of goods.entries()) {
      const productId = await this.deps.productByNumber(productNumber);
      if (productId === undefined) return parked('PRODUCT_NOT_FOUND', productUnknown(productNumber));
      // By its place: the same product may come twice in one report.
      const purpose = `arrived ${index} ${productNumber}`;
      const line = { ...context, commandId: commandId(context.commandId, purpose) };
      const buy = await this.settleBuy({ warehouseId, productNumber, quantity }, line);
      const booked = await this.send(
        'receiveStock',
        {
          warehouseId,
          productId,
          quantity,
          ...(buy?.replenishmentId && { replenishmentId: buy.replenishmentId }),
        },
        line,
      );
      if (booked.kind === 'parked') return booked;
    }
    return applied;
  }

  /**
   * Settles the oldest open buy of exactly these goods under the line's id, in the buy's own stream, before anything is
   * booked: no other arrival gets it, and the same line finds it again.
   */
  private async settleBuy(wanted: Arrived, line: CommandContext): Promise<BuyRequest | undefined> {
    const asked = await pinned<WorldCommandDocument>(this.deps.readModels, worldCommands);
    const open: Buy[] = [];
    for await (const document of asked.all({ index: 'by_open', where: { open: true }, order: 'ascending' }))
      if (isBuyOf(document, wanted)) open.push(document);
    // Read after the open ones, so that one that this line has settled is here or there, however far the read model lags.
    const where = { worldId: OVER_HTTP, answerSeqnum: line.commandId };
    for await (const { request } of asked.all({ index: 'by_answer', where }))
      if (request.kind === 'buy') return request;
    for (const { id, request } of open) if (await this.settle(id, line)) return request;
    return undefined;
  }

  /** @returns whether the line settles it, now or already; otherwise another arrival did. */
  private async settle(id: WorldCommandId, line: CommandContext): Promise<boolean> {
    const { aggregates, clock } = this.deps;
    const by = { worldId: OVER_HTTP, answerSeqnum: line.commandId };
    const answer = { type: 'RecordWorldAnswer', worldCommandId: id, ...by, at: clock.now() } as const;
    const of = { ...line, commandId: commandId(line.commandId, `settle ${id}`) };
    const executed = await untilKnown(this.deps, () => aggregates.execute(worldCommand, id, answer, of));
    return executed.kind === 'accepted';
  }

  private async worldChosen(
    { worldId }: Said<'world-chosen'>['report'],
    context: CommandContext,
  ): Promise<InboundOutcome> {
    const { aggregates, clock, worldLink: link } = this.deps;
    const command = { type: 'ChooseWorld', link, worldId, at: clock.now() } as const;
    const executed = await untilKnown(this.deps, () => aggregates.execute(worldLink, link, command, context));
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
