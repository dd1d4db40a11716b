import type { Aggregates } from '../../platform/execution';
import type { Numbers } from '../../commands/numbering';
import {
  contextFrom,
  requireKnownOutcome,
  reactor,
  type EventOf,
  type Reactor,
} from '../../platform/reactions';
import { carrierMessage, type CarrierNotice } from '../../domain/carrier-message';
import type { CarrierMessageId } from '../../domain/kernel';
import type {
  ShipmentCancelled,
  ShipmentCreated,
  ShipmentDestinationChanged,
  ShipmentLoaded,
  ShipmentPacked,
  ShipmentStatusRequested,
} from '../../domain/shipment';
import type { Clock } from '../../platform/clock';
import { carrierFor, type CarrierConfig } from './settings';
import type { Shipments } from './shipments';

export type ReactionsDeps = {
  readonly carriers: readonly CarrierConfig[];
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly clock: Clock;
  readonly shipments: Pick<Shipments, 'found' | 'remember'>;
};

type NoticeCause =
  | ShipmentCreated
  | ShipmentPacked
  | ShipmentLoaded
  | ShipmentDestinationChanged
  | ShipmentStatusRequested
  | ShipmentCancelled;

const SERIES = 'carrier_seqnum';

const createdNotice = ({ data }: ShipmentCreated): CarrierNotice => {
  const { shipmentId, number, warehouseId, customerId, destination, carrierAccount, items } = data;
  return {
    ...{ kind: 'created', shipmentId, shipmentNumber: number, warehouseId, customerId, destination },
    carrierAccount,
    items: items.map(({ productNumber, name, quantity }) => ({ productNumber, name, quantity })),
  };
};

/**
 * The reactor that queues notices to carriers about their shipments. An event queues one notice, even if it is handled
 * again.
 */
export const carrierReactions = ({
  carriers,
  aggregates,
  numbers,
  clock,
  shipments,
}: ReactionsDeps): Reactor => {
  const queueNotice = async (event: EventOf<NoticeCause>, notice: CarrierNotice): Promise<void> => {
    const { carrierAccount } =
      event.type === 'ShipmentCreated' ? event.data : await shipments.found(notice.shipmentId);
    const carrier = carrierFor(carriers, carrierAccount).name;
    const principal = { kind: 'gateway', id: `carrier:${carrier}`, roles: [] } as const;
    const context = contextFrom(event, `carrier ${notice.kind}`, principal);
    const carrierMessageId = context.commandId as CarrierMessageId;
    const seqnum = await numbers.next(SERIES);
    const queue = { type: 'QueueCarrierMessage', carrierMessageId, carrier, seqnum, notice } as const;
    const command = { ...queue, at: clock.now() };
    const messages = aggregates.of(carrierMessage);
    requireKnownOutcome(await messages.execute(carrierMessageId, command, context, { assumeNew: true }));
  };
  const shipmentFields = ({ shipmentId, number, warehouseId }: NoticeCause['data']) => ({
    ...{ shipmentId, shipmentNumber: number, warehouseId },
  });

  return reactor<NoticeCause>('ups-gateway', {
    ShipmentCreated: (event) => {
      shipments.remember(event);
      return queueNotice(event, createdNotice(event));
    },
    ShipmentPacked: (event) => queueNotice(event, { kind: 'packed', ...shipmentFields(event.data) }),
    ShipmentLoaded: (event) => {
      const { truckId, customerId, destination } = event.data;
      const fields = { ...shipmentFields(event.data), customerId, destination };
      return queueNotice(event, { kind: 'loaded', ...fields, truckId });
    },
    ShipmentDestinationChanged: (event) => {
      const { customerId, destination } = event.data;
      const fields = { ...shipmentFields(event.data), customerId, destination };
      return queueNotice(event, { kind: 'destination-changed', ...fields });
    },
    ShipmentStatusRequested: (event) =>
      queueNotice(event, { kind: 'status-requested', ...shipmentFields(event.data) }),
    ShipmentCancelled: (event) => queueNotice(event, { kind: 'cancelled', ...shipmentFields(event.data) }),
  });
};
