import Fastify, { type FastifyInstance } from 'fastify';
import type { CarrierInboundId, CarrierMessageId, ProductId, ShipmentId } from '../../../domain/kernel';
import type { ShipmentCreated } from '../../../domain/shipment';
import {
  carrierReactions,
  createShipments,
  startUpsGateway,
  type CarrierConfig,
  type UpsGateway,
  type UpsGatewayDeps,
} from '../../../gateways/carriers';
import { realClock } from '../../../platform/clock';
import type { HttpAnswer, HttpPost, PostOverHttp } from '../../../platform/http-client';
import { LOOPBACK } from '../../../platform/network-list';
import { signWebhook } from '../../../platform/webhook-signing';
import { carrierInbox } from '../../../projections/carrier-inbox';
import { carrierMessages } from '../../../projections/carrier-messages';
import { exchangeLog } from '../../../projections/exchange-log';
import { shipments } from '../../../projections/shipments';
import { worldCommands } from '../../../projections/world-commands';
import { createDurable, startPlatform, until, type Platform } from '../commands/live-platform';

export const secret = 'a secret of sixteen or more';

/** A carrier of the signed dialect, unless something else is said. */
export const carrier = (more: Partial<CarrierConfig> = {}): CarrierConfig => ({
  name: 'ups',
  dialect: 'signed',
  baseUrl: 'https://carrier.example',
  prefix: '',
  secrets: [secret],
  unsignedFrom: [],
  operator: false,
  ...more,
});
export const plainly = carrier({ dialect: 'plain', secrets: [], unsignedFrom: LOOPBACK, prefix: '/api' });
export const enveloped = carrier({ dialect: 'enveloped', unsignedFrom: LOOPBACK, prefix: '/api' });

/** The messages that the carrier received. */
export type Sent = { readonly url: string; readonly body: Record<string, unknown> } & Pick<
  HttpPost,
  'headers'
>;

const projections = [carrierInbox, carrierMessages, exchangeLog, shipments, worldCommands] as never[];

/** A platform and its UPS gateway in real time, with a carrier that a test speaks for. */
export class CarrierBench {
  readonly durable = createDurable();
  readonly sent: Sent[] = [];
  /** The carrier's answer to a message. */
  answer: (sent: Sent, tries: number) => HttpAnswer = ({ body }) => ({
    status: 200,
    body: JSON.stringify({ success: true, acks: [body['seqnum']] }),
  });
  platform!: Platform;
  gateway!: UpsGateway;
  private server!: FastifyInstance;

  async start(
    carriers: readonly CarrierConfig[],
    triesMax = 50,
    standsBy = false,
    altered: Partial<UpsGatewayDeps> = {},
  ): Promise<void> {
    this.platform = startPlatform(this.durable, {
      reactions: (running) => [
        carrierReactions({ ...running, carriers, shipments: createShipments(running) }),
      ],
      projections,
    });
    this.gateway = startUpsGateway({
      ...this.platform,
      ...{
        carriers,
        standsBy,
        post: this.post,
        worldLink: 'main',
        shipments: createShipments({ ...this.platform, lookUpWithinMs: 100 }),
      },
      emailOf: async () => 'ann@example.org',
      limits: { triesMax, refusalsMax: 3, resend: { baseMs: 5, factor: 1, maxMs: 5 }, answerWithinMs: 2_000 },
      ...altered,
    });
    this.server = Fastify();
    await this.server.register(this.gateway.routes);
  }

  async stop(): Promise<void> {
    await this.server.close();
    await this.gateway.close();
    await this.platform.stop();
  }

  /** Speaks as the carrier. */
  async call(
    url: string,
    payload: object | string,
    headers: Record<string, string> = {},
    remoteAddress = '127.0.0.1',
  ) {
    const response = await this.server.inject({
      ...{ method: 'POST', url, payload, remoteAddress },
      headers: { 'content-type': 'application/json', ...headers },
    });
    const { statusCode: status, body: text } = response;
    return { status, body: response.json<Record<string, unknown>>(), text };
  }

  /** Says something signed. @param id - names the message. */
  say(type: string, data: object, id?: string) {
    const { body, headers } = event(type, data, id);
    return this.call('/webhooks/ups', body, headers);
  }

  /** Places and pays an order, so that its shipment is created and the carrier is notified. */
  async ship(carrierAccount?: string): Promise<ShipmentCreated['data']> {
    const productId = await this.platform.registerProduct('MUG');
    const warehouseId = await this.platform.registerWarehouse(10, 10);
    await this.platform.demand('receiveStock', { warehouseId, productId, quantity: 100 });
    return this.shipMore(productId, carrierAccount);
  }

  async shipMore(productId: ProductId, carrierAccount?: string): Promise<ShipmentCreated['data']> {
    const before = await this.platform.count('ShipmentCreated');
    await this.platform.buy(productId, 1, carrierAccount);
    await until('a shipment', async () => (await this.platform.count('ShipmentCreated')) > before);
    const created = (await this.platform.events()).filter(({ type }) => type === 'ShipmentCreated');
    return created.at(-1)!.data as ShipmentCreated['data'];
  }

  pack(shipmentId: ShipmentId) {
    return this.platform.demand('recordPacked', { shipmentId });
  }

  /** Has a message tried again, as staff do. */
  retry(id: CarrierMessageId | CarrierInboundId) {
    return this.platform.demand('retryCarrierMessage', { messageId: id as string as CarrierMessageId });
  }

  count(type: string): Promise<number> {
    return this.platform.count(type);
  }

  private readonly post: PostOverHttp = async ({ url, headers, body }) => {
    const one = { url, headers, body: JSON.parse(Buffer.from(body).toString()) as Record<string, unknown> };
    this.sent.push(one);
    return this.answer(one, this.sent.length);
  };
}

/** A signed CloudEvent of the carrier's. */
export const event = (type: string, data: object, id = 'message-1', signedWith = secret) => {
  const body = JSON.stringify({ specversion: '1.0', id, source: '/carriers/ups', type, subject: '1', data });
  return { body, headers: { ...signWebhook(id, Buffer.from(body), [signedWith], realClock.now()) } };
};
