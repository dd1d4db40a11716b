import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webhookEndpoints } from '../../../domain/webhook-endpoints';
import { product } from '../../../domain/product';
import type { ProductId, SerialNumber, WebhookEndpointId } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import { secretsInForce } from '../../../commands/webhook';
import { realClock, realRandom } from '../../../platform/clock';
import { memoryEventStore } from '../../../platform/event-store';
import { createAggregates, rootContext } from '../../../platform/execution';
import { publicUrls } from '../../../platform/http-client';
import { createReactionRuntime } from '../../../platform/reactions';
import { memoryReadModels } from '../../../platform/read-models';
import { silentLogger } from '../../../platform/telemetry';
import { webhookReceiver } from './webhook-receiver';
import { createMemoryCheckpoints, createMemoryParking } from '../../support/commands/memory-workflow-ports';
import { eventually } from '../../support/time/eventually';
import { startWebhooks } from '../../../gateways/webhooks';

const endpointId = 'e' as WebhookEndpointId;
const system = { kind: 'system', id: 'spec', roles: [] } as const;

describe('webhooks over HTTP', () => {
  const stored: { readonly id: string; readonly message: object }[] = [];
  let server: Server;

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const open = async (allowsLoopback: boolean) => {
    const deps = {
      clock: realClock,
      random: realRandom,
      logger: silentLogger,
      store: memoryEventStore(realClock),
    };
    const aggregates = createAggregates(deps);
    const at = realClock.now();
    const [secret] = await secretsInForce(
      { ...deps, aggregates },
      endpointId,
      { secretNumber: 1, previousUntil: undefined },
      at,
    );
    server = webhookReceiver(secret!, async (id, message) => {
      stored.push({ id, message });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
    const added = {
      ownerId: 'platform',
      endpointId,
      url,
      types: ['product.registered'],
      description: '',
    } as const;
    await aggregates
      .of(webhookEndpoints)
      .execute('platform', { type: 'AddEndpoint', ...added, at }, rootContext('add', system));
    const { post } = publicUrls({ clock: realClock, allowsLoopback });
    const webhooks = await startWebhooks({ ...deps, readModels: memoryReadModels(), aggregates, post });
    const runtime = createReactionRuntime({
      ...{ ...deps, name: 'webhooks', reactors: [webhooks.reactor] },
      ...{ checkpoints: createMemoryCheckpoints(), parking: createMemoryParking() },
    });
    runtime.start();
    const register = async (sku: string) => {
      const facts = { sku, name: 'Mug ☕', description: '', category: 'desk', number: 1 as SerialNumber };
      const price = { amountMinor: 500, currency: 'GBP' as CurrencyCode };
      const productId = `p-${sku}` as ProductId;
      const command = { type: 'RegisterProduct', productId, ...facts, price, at: realClock.now() } as const;
      await aggregates.of(product).execute(productId, command, rootContext(`register ${sku}`, system));
    };
    const stop = async () => {
      await runtime.stop();
      await webhooks.stop();
    };
    return { register, stop };
  };

  it('arrive at a receiver that verifies them with the package of the standard', async () => {
    const { register, stop } = await open(true);
    await register('MUG');
    await eventually(() => stored.length > 0);
    expect(stored[0]?.message).toMatchObject({
      type: 'product.registered',
      data: { sku: 'MUG', name: 'Mug ☕' },
    });
    await stop();
  });
});
