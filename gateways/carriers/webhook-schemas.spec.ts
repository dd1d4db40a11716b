import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import type { CarrierNotice } from '../../domain/carrier-message';
import type { AccountId, Instant, SerialNumber, ShipmentId, TruckId, WarehouseId } from '../../domain/kernel';
import { webhookSchemas } from '../../proto/carrier';
import { envelopedDialect } from '../../simulators/carrier/dialects/enveloped';
import { plainDialect } from '../../simulators/carrier/dialects/plain';
import { signedDialect } from '../../simulators/carrier/dialects/signed';
import type { Report } from '../../simulators/carrier/words';
import { dialects } from './dialects';

const now = '2026-01-31T08:00:00.000Z' as Instant;
const parcel = {
  shipmentId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' as ShipmentId,
  shipmentNumber: 501 as SerialNumber,
  warehouseId: 3 as WarehouseId,
};
const destination = { x: -3, y: 4 };
const customerId = '6f9619ff-8b86-4d01-b42d-00cf4fc964fe' as AccountId;
const items = [{ productNumber: 7 as SerialNumber, name: 'the MUG', quantity: 2 }];
const notices: readonly CarrierNotice[] = [
  { kind: 'created', ...parcel, customerId, destination, items, carrierAccount: 'ups/ann' },
  { kind: 'created', ...parcel, customerId, destination, items },
  { kind: 'packed', ...parcel },
  { kind: 'loaded', ...parcel, truckId: 5 as TruckId, destination },
  { kind: 'destination-changed', ...parcel, destination },
  { kind: 'cancelled', ...parcel },
  { kind: 'status-requested', ...parcel },
];
const reports: readonly Report[] = [
  { kind: 'truck-dispatched', shipment: 501, truck: 5 },
  { kind: 'truck-arrived', shipment: 501, truck: 5, warehouse: 3 },
  { kind: 'tracking-assigned', shipment: 501, trackingNumber: '1Z1' },
  { kind: 'delivery-started', shipment: 501 },
  { kind: 'delivered', shipment: 501 },
  { kind: 'details-wanted', shipment: 501 },
  { kind: 'world-chosen', world: '7' },
];

/** In the place of each value. */
const spoilt = [undefined, null, true, 1.5, 2 ** 53, {}, []];

type Name = keyof typeof dialects;
type Said = { readonly path: string; readonly body: Record<string, unknown> };

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
/** As the schemas name messages. */
const nameOf = ({ path, body }: Said): string =>
  textOf(body['type']) ??
  textOf(body['message_type']) ??
  textOf(body['event_type']) ??
  path.slice(path.lastIndexOf('/') + 1);

const simulated = {
  plain: plainDialect([]),
  enveloped: envelopedDialect([]),
  signed: signedDialect('ups', ['a secret of sixteen or more']),
};

const written = (name: Name): readonly Said[] =>
  notices.flatMap((notice) => {
    const outbound = dialects[name].write(notice, {
      ...{ messageId: 'm', seqnum: 9 as SerialNumber, queuedAt: now, now, traceparent: '00-1-2-01' },
      email: 'ann@example.org',
    });
    return outbound ? [{ path: outbound.path, body: outbound.body as Said['body'] }] : [];
  });

const inHand = (path: string, ...bodies: readonly object[]): readonly Said[] =>
  bodies.map((body) => ({ path, body: body as Said['body'] }));
/** Messages that our carrier simulator never sends. */
const others: Readonly<Record<Name, readonly Said[]>> = {
  signed: [],
  enveloped: inHand('/api/webhooks/truck-arrived', {
    ...{ message_type: 'TruckArrived', timestamp: now, payload: { truck_id: 5, warehouse_id: 3 } },
  }),
  plain: inHand(
    '/api/world/event',
    { event_type: 'package_ready', event_data: { shipment_id: 501 } },
    { event_type: 'package_loaded', event_data: { shipment_id: 501 }, seqnum: 4, acks: [1, 2] },
    { event_type: 'product_arrived', event_data: { warehouse_id: 3, product_id: 7, quantity: 2 } },
    { event_type: 'product_arrived', event_data: { warehouse_id: 3, things: [{ id: 7, count: 2 }] } },
  ),
};

const reported = (name: Name): readonly Said[] => [
  ...reports.flatMap((report) => {
    const spoken = simulated[name].format(report, {
      ...{ messageId: 'm', sequence: 4, now, traceparent: undefined },
    });
    if (!spoken || spoken.path === '/set_worldid') return [];
    return [{ path: spoken.path, body: JSON.parse(spoken.body.toString()) as Said['body'] }];
  }),
  ...others[name],
];

/** The gateway names one path for all signed messages. */
const readPath = (name: Name, path: string): string => (name === 'signed' ? '/webhooks/:carrier' : path);

describe.each(Object.keys(webhookSchemas) as Name[])('the JSON Schema of %s', (name) => {
  const ajv = new Ajv({ allErrors: true });
  ajv.addSchema(webhookSchemas[name], name);
  const definitions = Object.keys(webhookSchemas[name].$defs);
  const validatorOf = (said: Said): ValidateFunction => {
    const validate = ajv.getSchema(`${name}#/$defs/${nameOf(said)}`);
    if (!validate) throw new Error(`No definition of ${nameOf(said)}`);
    return validate;
  };
  const problemsOf = (said: Said): unknown => {
    const validate = validatorOf(said);
    return validate(said.body) ? null : validate.errors;
  };

  it('accepts the messages of both sides, and no others', () => {
    const said = [...written(name), ...reported(name)];
    for (const one of said)
      expect({ name: nameOf(one), problems: problemsOf(one) }).toEqual({
        name: nameOf(one),
        problems: null,
      });
    const answers = name === 'enveloped' ? ['ShipmentDetailResponse'] : [];
    expect([...new Set([...said.map(nameOf), ...answers])].sort()).toEqual([...definitions].sort());
  });

  it('requires of a report what the gateway requires of it', () => {
    for (const { path, body } of reported(name)) {
      const read = (changed: object) => dialects[name].read(readPath(name, path), changed).ok;
      expect({ body, ok: read(body) }).toEqual({ body, ok: true });
      const inside = ['data', 'payload', 'event_data'].find((key) => key in body);
      const within = (value: object): readonly object[] =>
        Object.keys(value).flatMap((key) => spoilt.map((one) => ({ ...value, [key]: one })));
      const inner = inside === undefined ? [] : within(body[inside] as object);
      const cases = [...within(body), ...inner.map((value) => ({ ...body, [inside!]: value }))].map(
        (changed) => JSON.parse(JSON.stringify(changed)) as Said['body'],
      );
      const validate = validatorOf({ path, body });
      for (const changed of cases) {
        const isValid = validate(changed) as boolean;
        expect({ path, changed, read: read(changed) }).toEqual({ path, changed, read: isValid });
      }
    }
  });
});

it('the JSON Schema of the enveloped dialect accepts our answer to a detail request', () => {
  const ajv = new Ajv();
  ajv.addSchema(webhookSchemas.enveloped, 'enveloped');
  const details = { ...parcel, destination, items };
  const { body } = dialects.enveloped.details(details, now);
  const validate = ajv.getSchema('enveloped#/$defs/ShipmentDetailResponse')!;
  expect(validate(JSON.parse(body))).toBe(true);
});
