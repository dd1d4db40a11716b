import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../../cli/roles/role-names';
import { readConfig, type Config, type Environment } from '../../../platform/config';
import type { Addresses } from '../../../platform/data-directory';
import { freePort } from './free-port';
import { anyPort, topSpeed } from './waybill';
import { WaybillProcess } from './waybill-process';
import { inDatabase } from './database-url';

/** A role that runs. */
export type RoleProcess = {
  readonly role: Role;
  readonly process: WaybillProcess;
  readonly url: string;
  readonly addresses: Addresses;
};

/** Connection strings. The event store is empty; the others may be shared. */
export type Servers = { readonly eventstore: string; readonly mongodb: string; readonly nats: string };

/** Roles that run each by itself, on an event store, a database and a World of their own. */
export class SeparateRoles {
  private readonly processes: WaybillProcess[] = [];
  private started = 0;

  private constructor(
    private readonly directory: string,
    private readonly environment: Environment,
    /** Known beforehand, because the carrier reports there and is started first. */
    private readonly webhooksPort: number,
  ) {}

  static async open(servers: Servers): Promise<SeparateRoles> {
    const directory = await mkdtemp(join(tmpdir(), 'waybill-roles-'));
    const world = await freePort();
    const worldUps = await freePort();
    const carrier = await freePort();
    const webhooks = await freePort();
    const secret = 'for the processes of one test only';
    const environment = {
      ...topSpeed,
      WAYBILL_LOG_LEVEL: 'error',
      WAYBILL_EVENT_STORE: servers.eventstore,
      WAYBILL_READ_MODELS: inDatabase(servers.mongodb, `roles_${process.pid}_${webhooks}`),
      WAYBILL_BUS: servers.nats,
      WAYBILL_COMMANDS_TOKEN: secret,
      WAYBILL_TOKEN_SECRET: secret,
      WAYBILL_CARRIER_SECRET: secret,
      WAYBILL_ADMIN_PASSWORD: secret,
      WAYBILL_WORLD_AMAZON_PORT: String(world),
      WAYBILL_WORLD_UPS_PORT: String(worldUps),
      WAYBILL_CARRIER_PORT: String(carrier),
      WAYBILL_WORLD: `tcp://127.0.0.1:${world}?worldid=1`,
      WAYBILL_CARRIER: `http://127.0.0.1:${carrier}`,
      WAYBILL_SHOP_URL: `http://127.0.0.1:${webhooks}`,
    };
    return new SeparateRoles(directory, environment, webhooks);
  }

  /** Starts a role as a process of its own. @throws Error with what it said, when it ends instead of serving. */
  async start(role: Role, environment: Environment = {}): Promise<RoleProcess> {
    this.started += 1;
    const directory = join(this.directory, `${role}-${this.started}`);
    const started = WaybillProcess.spawn(directory, this.environmentOf(role, environment), [
      'start',
      '--role',
      role,
    ]);
    this.processes.push(started);
    const url = await started.ready();
    if (url === undefined) throw new Error(`${role} did not start: ${started.talk}`);
    const addresses = JSON.parse(await readFile(join(directory, 'addresses.json'), 'utf8')) as Addresses;
    return { role, process: started, url, addresses };
  }

  /** The settings of the engines for the processes. */
  get config(): Config {
    return readConfig({ ...this.environment, WAYBILL_DATA_DIR: this.directory }).config;
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.kill()));
    await rm(this.directory, { recursive: true, force: true });
  }

  private environmentOf(role: Role, given: Environment): Environment {
    return {
      ...anyPort,
      ...this.environment,
      // The roles that a test has one of, on ports that the others know.
      ...(role === 'ups-gateway' && { WAYBILL_HTTP_PORT: String(this.webhooksPort) }),
      ...(role === 'simulators' && { WAYBILL_WORLD: 'simulated', WAYBILL_CARRIER: 'simulated' }),
      ...given,
    };
  }
}
