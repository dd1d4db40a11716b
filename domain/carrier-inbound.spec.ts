import fc from 'fast-check';
import { given } from '../tests/support/domain/given';
import { accept, fold, type CarrierInboundId, type Instant, type SerialNumber } from './kernel';
import {
  carrierInbound,
  type CarrierInboundAnswered,
  type CarrierInboundApplied,
  type CarrierInboundCommand,
  type CarrierInboundParked,
  type CarrierInboundReceived,
  type CarrierInboundHandled,
  type CarrierInboundRetried,
  type CarrierReport,
} from './carrier-inbound';

const at = '2026-01-31T08:00:00.000Z' as Instant;
const carrierInboundId = 'c0ffee00-0000-5000-8000-000000000004' as CarrierInboundId;
const carrier = 'ups';
const report: CarrierReport = { kind: 'delivered', shipmentNumber: 5 as SerialNumber };
const answer = { status: 200, body: '{"success":true}' };

const what = {
  dialect: 'plain',
  path: '/api/ups/package-delivered',
  messageKey: '9',
  report,
  body: '{}',
} as const;
const received: CarrierInboundReceived = {
  type: 'CarrierInboundReceived',
  data: { carrierInboundId, carrier, ...what, receivedAt: at },
};
const applied: CarrierInboundApplied = {
  type: 'CarrierInboundApplied',
  data: { carrierInboundId, carrier, appliedAt: at },
};
const parked: CarrierInboundParked = {
  type: 'CarrierInboundParked',
  data: { carrierInboundId, carrier, code: 'SHIPMENT_WRONG_STATUS', reason: 'PACKING', parkedAt: at },
};
const answered: CarrierInboundAnswered = {
  type: 'CarrierInboundAnswered',
  data: { carrierInboundId, carrier, answer, answeredAt: at },
};

const receive: CarrierInboundCommand = {
  type: 'ReceiveCarrierInbound',
  carrierInboundId,
  carrier,
  ...what,
  at,
};
const apply: CarrierInboundCommand = {
  type: 'SettleCarrierInbound',
  carrierInboundId,
  outcome: { kind: 'applied' },
  at,
};
const park: CarrierInboundCommand = {
  type: 'SettleCarrierInbound',
  carrierInboundId,
  outcome: { kind: 'parked', code: 'SHIPMENT_WRONG_STATUS', reason: 'PACKING' },
  at,
};
const retried: CarrierInboundRetried = {
  type: 'CarrierInboundRetried',
  data: { carrierInboundId, carrier, retriedAt: at },
};
const handled: CarrierInboundHandled = {
  type: 'CarrierInboundHandled',
  data: { carrierInboundId, carrier, handledAt: at },
};
const handle: CarrierInboundCommand = { type: 'HandleCarrierInbound', carrierInboundId, at };
const retry: CarrierInboundCommand = { type: 'RetryCarrierInbound', carrierInboundId, at };
const reply: CarrierInboundCommand = { type: 'SettleCarrierInbound', carrierInboundId, answer, at };

describe('a message of a carrier', () => {
  it('is received once', () => {
    given(carrierInbound, []).when(receive).then([received]);
    given(carrierInbound, [received, applied]).when(receive).then([]);
  });

  it('is applied and answered in one go, or one after the other', () => {
    given(carrierInbound, [received])
      .when({ ...apply, answer })
      .then([applied, answered]);
    given(carrierInbound, [received]).when(reply).then([answered]);
    given(carrierInbound, [received, answered]).when(apply).then([applied]);
  });

  it('is parked when it makes no sense', () =>
    given(carrierInbound, [received])
      .when({ ...park, answer })
      .then([parked, answered]));

  it('may be applied after all, but is not parked any more once it was', () => {
    given(carrierInbound, [received, parked]).when(apply).then([applied]);
    given(carrierInbound, [received, applied]).when(park).then([]);
  });

  it('is tried again when people say so, and only while it has had no effect', () => {
    given(carrierInbound, [received, parked]).when(retry).then([retried]);
    given(carrierInbound, [received]).when(retry).then([]);
    given(carrierInbound, [received, parked, applied])
      .when(retry)
      .thenRejected({ code: 'CARRIER_INBOUND_APPLIED', carrierInboundId });
    given(carrierInbound, [received, parked, retried]).when(park).then([parked]);
  });

  it('is handled by other means once it is parked, and may still be applied', () => {
    given(carrierInbound, [received, parked]).when(handle).then([handled]);
    given(carrierInbound, [received, parked, handled]).when(retry).then([retried]);
    given(carrierInbound, [received, parked, handled]).when(apply).then([applied]);
    given(carrierInbound, [received, parked, handled]).when(park).then([]);
  });

  it('is not handled by other means while it is under way, or once it has had its effect', () => {
    given(carrierInbound, [received])
      .when(handle)
      .thenRejected({ code: 'CARRIER_INBOUND_UNDER_WAY', carrierInboundId });
    given(carrierInbound, [received, parked, applied])
      .when(handle)
      .thenRejected({ code: 'CARRIER_INBOUND_APPLIED', carrierInboundId });
  });

  it('keeps its first answer', () =>
    given(carrierInbound, [received, answered])
      .when({ ...reply, answer: { status: 500, body: '{}' } })
      .then([]));

  it.each([apply, retry, handle])('knows nothing of $type before it was received', (command) =>
    given(carrierInbound, [])
      .when(command)
      .thenRejected({ code: 'CARRIER_INBOUND_NOT_FOUND', carrierInboundId }),
  );

  it('records any command once, however often it is sent', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(receive, apply, park, retry, handle, reply)), (commands) => {
        let state = carrierInbound.initial;
        for (const next of commands) {
          const decision = carrierInbound.decide(next, state);
          if (!decision.ok) continue;
          state = fold(carrierInbound.evolve, state, decision.events);
          expect(carrierInbound.decide(next, state)).toStrictEqual(accept());
        }
      }),
    ));
});
