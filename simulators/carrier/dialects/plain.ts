import { z } from 'zod';
import { signWebhook } from '../../../platform/webhook-signing';
import type { Notice, Report } from '../words';
import { json, jsonBody, type Dialect } from './dialect';

const id = z.number().int();

const created = z.object({
  shipment_id: id,
  warehouse_id: id,
  destination_x: id,
  destination_y: id,
});
const about = z.object({ shipment_id: id });
const withSeqnum = z.object({ seqnum: id.optional() });

/**
 * Reads a notice, whose kind is the last segment of its path: `…/package-created`, `…/package-packed`,
 * `…/package-loaded`.
 */
const noticeOf = (path: string, message: unknown): Notice | undefined => {
  switch (path.slice(path.lastIndexOf('/') + 1)) {
    case 'package-created': {
      const read = created.parse(message);
      const destination = { x: read.destination_x, y: read.destination_y };
      return {
        kind: 'created',
        shipment: read.shipment_id,
        warehouse: read.warehouse_id,
        destination,
        packed: false,
      };
    }
    case 'package-packed':
      return { kind: 'packed', shipment: about.parse(message).shipment_id };
    case 'package-loaded':
      return { kind: 'loaded', shipment: about.parse(message).shipment_id };
    default:
      return undefined;
  }
};

const wordsOf = (report: Report): readonly [path: string, body: object] | undefined => {
  switch (report.kind) {
    case 'truck-dispatched':
    case 'details-wanted':
    case 'world-chosen':
      return undefined;
    case 'truck-arrived':
      return ['truck-arrived', { truck_id: report.truck, warehouse_id: report.warehouse }];
    case 'tracking-assigned':
      return ['tracking', { shipment_id: report.shipment, tracking_id: report.trackingNumber }];
    case 'delivery-started':
      return ['status-update', { shipment_id: report.shipment, status: 'delivering' }];
    case 'delivered':
      return ['package-delivered', { shipment_id: report.shipment }];
  }
};

/**
 * The plain dialect: webhooks with sequence numbers, signed by the headers of Standard Webhooks if there is a secret.
 */
export const plainDialect = (secrets: readonly string[]): Dialect => ({
  parse: ({ path, body }) => {
    try {
      const message: unknown = JSON.parse(body.toString());
      const { seqnum } = withSeqnum.parse(message);
      const notice = noticeOf(path, message);
      if (notice === undefined)
        return { status: 404, body: { success: false, error: `There is nothing at ${path}.` } };
      return { status: 200, body: { success: true, acks: seqnum === undefined ? [] : [seqnum] }, notice };
    } catch {
      return { status: 400, body: { success: false, error: 'A field is missing or is not a number.' } };
    }
  },
  format: (report, { sequence, messageId, now }) => {
    const words = wordsOf(report);
    if (words === undefined) return undefined;
    const [path, message] = words;
    const body = jsonBody({ ...message, seqnum: sequence });
    const signature = secrets.length === 0 ? {} : signWebhook(messageId, body, secrets, now);
    return { path: `/api/ups/${path}`, headers: { ...json, ...signature }, body };
  },
});
