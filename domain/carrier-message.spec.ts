import fc from 'fast-check';
import { given } from '../tests/support/domain/given';
import {
  accept,
  fold,
  type CarrierMessageId,
  type Instant,
  type SerialNumber,
  type ShipmentId,
  type WarehouseId,
} from './kernel';
import {
  carrierMessage,
  type CarrierMessageAcked,
  type CarrierMessageAlarmed,
  type CarrierMessageCommand,
  type CarrierMessageHandled,
  type CarrierMessageQueued,
  type CarrierMessageRequeued,
  type CarrierNotice,
} from './carrier-message';

const at = '2026-01-31T08:00:00.000Z' as Instant;
const later = '2026-01-31T08:00:30.000Z' as Instant;
const carrierMessageId = 'c0ffee00-0000-5000-8000-000000000002' as CarrierMessageId;
const carrier = 'ups';
const notice: CarrierNotice = {
  kind: 'packed',
  shipmentId: 'c0ffee00-0000-5000-8000-000000000003' as ShipmentId,
  shipmentNumber: 5 as SerialNumber,
  warehouseId: 1 as WarehouseId,
};

const queued: CarrierMessageQueued = {
  type: 'CarrierMessageQueued',
  data: { carrierMessageId, carrier, seqnum: 4 as SerialNumber, notice, queuedAt: at },
};
const acked: CarrierMessageAcked = {
  type: 'CarrierMessageAcked',
  data: { carrierMessageId, carrier, ackedAt: at },
};
const alarmed: CarrierMessageAlarmed = {
  type: 'CarrierMessageAlarmed',
  data: { carrierMessageId, carrier, tries: 50, reason: '503', alarmedAt: at },
};
const requeued: CarrierMessageRequeued = {
  type: 'CarrierMessageRequeued',
  data: { carrierMessageId, carrier, requeuedAt: at },
};
const handled: CarrierMessageHandled = {
  type: 'CarrierMessageHandled',
  data: { carrierMessageId, carrier, handledAt: at },
};

const queue = (seqnum: number): CarrierMessageCommand => ({
  type: 'QueueCarrierMessage',
  carrierMessageId,
  carrier,
  seqnum: seqnum as SerialNumber,
  notice,
  at,
});
const ack: CarrierMessageCommand = { type: 'RecordCarrierAck', carrierMessageId, at };
const alarm: CarrierMessageCommand = {
  type: 'RaiseCarrierAlarm',
  carrierMessageId,
  tries: 50,
  reason: '503',
  at,
};
const requeue: CarrierMessageCommand = { type: 'RequeueCarrierMessage', carrierMessageId, at };
const handle: CarrierMessageCommand = { type: 'HandleCarrierMessage', carrierMessageId, at };

describe('a message to a carrier', () => {
  it('is queued under its first number, with any number in a repeat', () => {
    given(carrierMessage, []).when(queue(4)).then([queued]);
    given(carrierMessage, [queued]).when(queue(5)).then([]);
  });

  it('is acknowledged once', () => given(carrierMessage, [queued]).when(ack).then([acked]));

  it('raises an alarm once, and not after its ack', () => {
    given(carrierMessage, [queued]).when(alarm).then([alarmed]);
    given(carrierMessage, [queued, acked]).when(alarm).then([]);
  });

  it('is acknowledged late, too', () => given(carrierMessage, [queued, alarmed]).when(ack).then([acked]));

  it('is sent now when staff say so, after an alarm or before its next attempt', () => {
    given(carrierMessage, [queued, alarmed]).when(requeue).then([requeued]);
    given(carrierMessage, [queued]).when(requeue).then([requeued]);
    given(carrierMessage, [queued, requeued])
      .when({ ...requeue, at: later })
      .then([{ ...requeued, data: { ...requeued.data, requeuedAt: later } }]);
    given(carrierMessage, [queued, alarmed, acked])
      .when(requeue)
      .thenRejected({ code: 'CARRIER_MESSAGE_SETTLED', carrierMessageId });
    given(carrierMessage, [queued, alarmed, requeued]).when(alarm).then([alarmed]);
  });

  it('is handled by other means after an alarm, and can still be sent and acknowledged', () => {
    given(carrierMessage, [queued, alarmed]).when(handle).then([handled]);
    given(carrierMessage, [queued, alarmed, handled]).when(requeue).then([requeued]);
    given(carrierMessage, [queued, alarmed, handled]).when(ack).then([acked]);
    given(carrierMessage, [queued, alarmed, handled]).when(alarm).then([]);
  });

  it.each([
    ['still being sent', [queued]],
    ['acknowledged', [queued, alarmed, acked]],
  ])('is not handled by other means while it is %s', (_, events) =>
    given(carrierMessage, events)
      .when(handle)
      .thenRejected({ code: 'CARRIER_MESSAGE_SETTLED', carrierMessageId }),
  );

  it.each([
    ['ack', ack],
    ['alarm', alarm],
    ['second try', requeue],
    ['other means', handle],
  ])('has no %s before it exists', (_, command) =>
    given(carrierMessage, [])
      .when(command)
      .thenRejected({ code: 'CARRIER_MESSAGE_NOT_FOUND', carrierMessageId }),
  );

  it('records any command once, however often it is sent', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(queue(4), queue(5), ack, alarm, requeue, handle)), (commands) => {
        let state = carrierMessage.initial;
        for (const next of commands) {
          const decision = carrierMessage.decide(next, state);
          if (!decision.ok) continue;
          state = fold(carrierMessage.evolve, state, decision.events);
          expect(carrierMessage.decide(next, state)).toStrictEqual(accept());
        }
      }),
    ));
});
