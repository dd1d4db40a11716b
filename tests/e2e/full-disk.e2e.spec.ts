import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askGraphQL, type GraphQLAnswer } from '../../cli/program/graphql-client';
import { connectCommands } from '../../gateways/grpc';
import { realClock, realRandom } from '../../platform/clock';
import { silentLogger } from '../../platform/telemetry';
import { eventually } from '../support/time/eventually';
import { freePort } from '../support/process/free-port';
import { describeOnSmallDisks } from '../support/process/real-engine';
import { Shopper } from '../support/graphql/shopper';
import { onSmallDisk, SmallDisk } from '../support/process/small-disk';
import { topSpeed } from '../support/process/waybill';
import { WaybillProcess } from '../support/process/waybill-process';

const token = 'for the processes of one test only';
const SPARE_BYTES = 256 * 1024;

const addToCart = `mutation ($input: AddToCartInput!) {
  addToCart(input: $input) { ... on AddToCartSuccess { cart { lines { quantity } } } ... on UserError { code } }
}`;

/** The kernel's own ENOSPC, for every file of a whole platform: its stores, its World, its carrier. */
describeOnSmallDisks('a platform whose disk is full', () => {
  let directory: string;
  let url: string;
  let waybill: WaybillProcess;
  let disk: SmallDisk;
  let shopper: Shopper;
  let commands: ReturnType<typeof connectCommands>;
  let product: string;
  let placed: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-small-disk-'));
    const [http, grpc] = [await freePort(), await freePort()];
    url = `http://127.0.0.1:${http}`;
    const environment = {
      ...topSpeed,
      WAYBILL_HTTP_PORT: String(http),
      WAYBILL_GRPC_PORT: String(grpc),
      WAYBILL_COMMANDS_TOKEN: token,
    };
    waybill = WaybillProcess.spawn(directory, environment, ['start'], {
      wrapper: onSmallDisk(directory, 96),
    });
    await eventually(() => waybill.talk.includes('is ready'), 60_000);
    disk = new SmallDisk(waybill.pid, directory);
    const surroundings = { clock: realClock, random: realRandom, logger: silentLogger };
    commands = connectCommands({ addresses: [`127.0.0.1:${grpc}`], token, ...surroundings });
    shopper = await Shopper.signUp(url, 'ada@example.com');
    [product = ''] = await shopper.productsOnHand(1);
    await shopper.addToCart(product, 1);
    ({ id: placed } = await shopper.placeOrder({ x: 3, y: 4 }));
  }, 120_000);
  afterAll(async () => {
    await commands.close();
    await waybill.kill();
    await rm(directory, { recursive: true });
  });

  /** Orders of one piece each; a repeat after any first answer must result in one piece. */
  const keys = new Set<string>();
  const add = (key: string): Promise<GraphQLAnswer> => {
    keys.add(key);
    const input = { productId: product, quantity: 1, idempotencyKey: key };
    return askGraphQL(url, addToCart, { input }, shopper.token);
  };
  const ready = async (): Promise<{ status: number; detail: string | undefined }> => {
    const answer = await fetch(`${url}/health/ready`);
    const { parts } = (await answer.json()) as { parts: { disk: { detail?: string } } };
    return { status: answer.status, detail: parts.disk.detail };
  };

  it('refuses commands by GraphQL and gRPC with STORE_FULL, still serves reads, and says so', async () => {
    // In two steps, so that orders are in progress when the disk is full.
    await disk.fill(SPARE_BYTES);
    let refused: GraphQLAnswer = {};
    for (let number = 0; refused.errors === undefined; number += 1) refused = await add(`filling ${number}`);
    await disk.fill();
    expect((await add('refused')).errors?.[0]?.extensions?.code).toBe('STORE_FULL');
    const byGrpc = commands.send(
      'signUp',
      { email: 'bob@example.com', password: 'correct horse battery', name: 'Bob' },
      {
        commandId: randomUUID(),
        correlationId: randomUUID(),
        principal: { kind: 'system', id: 'spec', roles: [] },
      },
    );
    await expect(byGrpc).rejects.toMatchObject({ code: 'STORE_FULL', retryable: true });
    expect((await shopper.order(placed)).id).toBe(placed);
    expect(await ready()).toEqual({
      status: 503,
      detail: expect.stringContaining('WAYBILL_DATA_DIR') as string,
    });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  }, 60_000);

  it('goes on by itself once there is room: nothing is lost, and nothing doubled', async () => {
    await disk.clear();
    await eventually(async () => (await ready()).status === 200, 30_000);
    for (const key of [...keys, ...keys]) expect((await add(key)).errors).toBeUndefined();
    await shopper.waitFor(placed, 'FULFILLED', 60_000);
    const second = await shopper.placeOrder({ x: 3, y: 4 });
    await shopper.waitFor(second.id, 'FULFILLED', 60_000);
    const { lines } = await shopper.ask<{ lines: { quantity: number }[] }>(
      `{ order(id: "${second.id}") { lines { quantity } } }`,
    );
    expect(lines).toEqual([{ quantity: keys.size }]);
    expect((await waybill.kill('SIGTERM')).code).toBe(0);
  }, 180_000);
});
