import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import {
  carrierDialectSchema,
  carrierNameSchema,
  carrierSecretsSchema,
  carriersSchema,
  unsignedSchema,
} from './carriers';
import { flag } from './flag';
import { secretsSchema } from './secrets';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

const scheme = (what: string, ...allowed: readonly RegExp[]) =>
  z.string().refine((value) => allowed.some((pattern) => pattern.test(value)), { error: `must be ${what}` });

/** The schema of PEM text that `read` can parse. */
const pem = (what: string, read: (text: string) => unknown) =>
  z
    .string()
    .refine(
      (text) => {
        try {
          read(text);
          return true;
        } catch {
          return false;
        }
      },
      { error: `must be ${what}, as PEM` },
    )
    .optional();

/** The schema of origins as browsers send them: scheme, host and port only. */
const originsSchema = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim().toLowerCase()))
  .pipe(
    z.array(
      z.string().refine((text) => text === '*' || (URL.canParse(text) && new URL(text).origin === text), {
        error: 'each must be an origin such as https://shop.example, without a path, or *',
      }),
    ),
  );

const certificate = pem('a certificate', (text) => new X509Certificate(text));

/** One setting: its variable, the schema of its text, whether it is a secret, and a line for people. */
type Setting<Schema extends z.ZodType = z.ZodType> = {
  readonly variable: `WAYBILL_${string}`;
  readonly schema: Schema;
  readonly secret?: true;
  readonly help: string;
};

const setting = <Schema extends z.ZodType>(
  variable: Setting['variable'],
  schema: Schema,
  help: string,
  options: { secret?: true } = {},
): Setting<Schema> => ({ variable, schema, help, ...options });

/**
 * Every variable that Waybill reads besides the standard `OTEL_*`. docs/reference/configuration.md is generated from
 * this.
 */
export const settings = {
  dataDir: setting(
    'WAYBILL_DATA_DIR',
    z.string().min(1).default('./data'),
    'Where the embedded engines keep their files.',
  ),
  host: setting(
    'WAYBILL_HOST',
    z.string().min(1).default('127.0.0.1'),
    'The address that every port is bound to.',
  ),
  httpPort: setting(
    'WAYBILL_HTTP_PORT',
    port(4000),
    'GraphQL, webhooks, health and metrics. 0 takes any free port.',
  ),
  trustProxy: setting(
    'WAYBILL_TRUST_PROXY',
    flag.default(false),
    'Whether `X-Forwarded-For` tells the address of a client: on behind a proxy of your own, where all would share the limits of one address otherwise, and nowhere else.',
  ),
  allowedOrigins: setting(
    'WAYBILL_ALLOWED_ORIGINS',
    originsSchema.default([]),
    'Origins whose web pages may use `/graphql`, over HTTP and WebSockets, with commas: `https://shop.example`; `*` for every origin. Pages of this server need no entry.',
  ),
  grpcPort: setting('WAYBILL_GRPC_PORT', port(50_051), 'The command services over gRPC.'),
  worldAmazonPort: setting(
    'WAYBILL_WORLD_AMAZON_PORT',
    port(23_456),
    "The World simulator's port for shops.",
  ),
  worldUpsPort: setting('WAYBILL_WORLD_UPS_PORT', port(12_345), "The World simulator's port for carriers."),
  carrierPort: setting('WAYBILL_CARRIER_PORT', port(4010), "The carrier simulator's port for our notices."),
  eventStorePort: setting(
    'WAYBILL_EVENTSTORE_PORT',
    z.coerce.number().int().min(0).max(65_535).optional(),
    "EventStoreDB's protocol over the embedded store. Off unless set.",
  ),
  eventStoreCredentials: setting(
    'WAYBILL_EVENTSTORE_CREDENTIALS',
    z
      .string()
      .regex(/^[^:]+:.+$/s, { error: 'must be user:password' })
      .optional(),
    "What callers of EventStoreDB's protocol have to show: `user:password`. Waybill's own processes show the user and password of `WAYBILL_EVENT_STORE`; other clients do so over TLS only. When absent, the port has to be bound to this machine, every program on it may read all events, and none may write streams of Waybill's own categories.",
    { secret: true },
  ),
  eventStoreTlsCert: setting(
    'WAYBILL_EVENTSTORE_TLS_CERT',
    certificate,
    "The certificate of EventStoreDB's protocol as PEM, its chain behind it: callers then have to use TLS. Goes with `WAYBILL_EVENTSTORE_TLS_KEY`.",
    { secret: true },
  ),
  eventStoreTlsKey: setting(
    'WAYBILL_EVENTSTORE_TLS_KEY',
    pem('a private key', createPrivateKey),
    'The private key that belongs to `WAYBILL_EVENTSTORE_TLS_CERT`, as PEM.',
    { secret: true },
  ),
  eventStoreWriteAll: setting(
    'WAYBILL_EVENTSTORE_WRITE_ALL',
    flag.default(false),
    "Whether callers of EventStoreDB's protocol may write streams of Waybill's own categories without credentials. Whoever may do that can give themselves every role.",
  ),
  eventStore: setting(
    'WAYBILL_EVENT_STORE',
    scheme(
      '"embedded" or an esdb:// URL',
      /^embedded$/,
      /^(esdb|esdb\+discover|kurrentdb|kurrentdb\+discover):\/\/.+/,
    ).default('embedded'),
    'Where events live: `embedded`, or `esdb://host:2113?tls=false`.',
    { secret: true },
  ),
  readModels: setting(
    'WAYBILL_READ_MODELS',
    scheme('"embedded" or a mongodb:// URL', /^embedded$/, /^mongodb(\+srv)?:\/\/.+/).default('embedded'),
    'Where read models live: `embedded`, or `mongodb://host/database?replicaSet=rs0`.',
    { secret: true },
  ),
  bus: setting(
    'WAYBILL_BUS',
    scheme('"embedded" or a nats:// URL', /^embedded$/, /^(nats|tls):\/\/.+/).default('embedded'),
    'What carries integration events: `embedded`, or `nats://host:4222`.',
    { secret: true },
  ),
  commands: setting(
    'WAYBILL_COMMANDS',
    scheme('"in-process" or grpc://host:port', /^in-process$/, /^grpcs?:\/\/[^/]+(,[^/]+)*$/).default(
      'in-process',
    ),
    'How the other roles reach the command services: `in-process`, or `grpc://host:50051` (several with commas; `grpcs://` with TLS).',
  ),
  commandsToken: setting(
    'WAYBILL_COMMANDS_TOKEN',
    z.string().min(16).optional(),
    'What the processes of one platform show to the command services. Made and kept in the data directory when absent.',
    { secret: true },
  ),
  grpcTlsCert: setting(
    'WAYBILL_GRPC_TLS_CERT',
    certificate,
    'The certificate of the command services as PEM, its chain behind it: they then take TLS only. Goes with `WAYBILL_GRPC_TLS_KEY`.',
    { secret: true },
  ),
  grpcTlsKey: setting(
    'WAYBILL_GRPC_TLS_KEY',
    pem('a private key', createPrivateKey),
    'The private key that belongs to `WAYBILL_GRPC_TLS_CERT`, as PEM.',
    { secret: true },
  ),
  grpcTlsCa: setting(
    'WAYBILL_GRPC_TLS_CA',
    certificate,
    'Who must have signed the certificates behind `grpcs://`, as PEM. The authorities that Node trusts when absent.',
    { secret: true },
  ),
  world: setting(
    'WAYBILL_WORLD',
    scheme(
      '"simulated", "off" or tcp://host:port?worldid=N',
      /^(simulated|off)$/,
      /^tcp:\/\/[^/?]+:\d+(\?worldid=\d+)?$/,
    ).default('simulated'),
    'The World: `simulated`, `tcp://host:23456?worldid=1`, or `off`.',
  ),
  carrier: setting(
    'WAYBILL_CARRIER',
    scheme('"simulated", "off" or an http(s) URL', /^(simulated|off)$/, /^https?:\/\/.+/).default(
      'simulated',
    ),
    'The carrier: `simulated`, the base URL of one, or `off`.',
  ),
  carrierDialect: setting(
    'WAYBILL_CARRIER_DIALECT',
    carrierDialectSchema.default('signed'),
    'How the carrier talks: `plain` (A), `enveloped` (B) or `signed` (C) webhooks.',
  ),
  carrierName: setting(
    'WAYBILL_CARRIER_NAME',
    carrierNameSchema.default('ups'),
    'Names the carrier: its signed webhooks come to `/webhooks/<name>`.',
  ),
  carrierSecret: setting(
    'WAYBILL_CARRIER_SECRET',
    carrierSecretsSchema.optional(),
    'The secret shared with the carrier; several, for rotation, with commas. Made and kept in the data directory when absent.',
    { secret: true },
  ),
  carrierOperator: setting(
    'WAYBILL_CARRIER_OPERATOR',
    flag.default(false),
    'Whether the carrier may tell us which world to connect to (`/set_worldid`).',
  ),
  carrierUnsigned: setting(
    'WAYBILL_CARRIER_UNSIGNED',
    unsignedSchema.default([]),
    'Whether the carrier is believed without a signature where its dialect is `plain` or `enveloped`: `off`, the default; `on` for messages from this machine; or the addresses and networks that they come from, with commas (`10.0.0.7,192.0.2.0/24`).',
  ),
  carriers: setting(
    'WAYBILL_CARRIERS',
    carriersSchema.optional(),
    'Further carriers, a JSON list: `[{"name", "url", "dialect", "secret" or "secretFile", "acceptUnsigned", "operator", "prefix"}]` (how-to: connect your own World or carrier).',
    { secret: true },
  ),
  shopUrl: setting(
    'WAYBILL_SHOP_URL',
    scheme('an http(s) URL', /^https?:\/\/.+/).optional(),
    'Where the carrier simulator reports, when the role `ups-gateway` runs in another process: the URL of that one.',
  ),
  simulationSpeed: setting(
    'WAYBILL_SIMULATION_SPEED',
    z.coerce.number().int().min(1).max(1_000_000).default(100),
    'How fast the simulated World runs; 100 is its default.',
  ),
  flakiness: setting(
    'WAYBILL_FLAKINESS',
    z.coerce.number().int().min(0).max(99).default(0),
    'How many messages in a hundred the simulated World loses, in each direction.',
  ),
  tokenSecret: setting(
    'WAYBILL_TOKEN_SECRET',
    secretsSchema(32).optional(),
    'Signs access tokens; several, for rotation, with commas (the first signs). Made and kept in the data directory when absent.',
    { secret: true },
  ),
  adminEmail: setting(
    'WAYBILL_ADMIN_EMAIL',
    z.email().default('admin@waybill.local'),
    "The first administrator's e-mail.",
  ),
  adminPassword: setting(
    'WAYBILL_ADMIN_PASSWORD',
    z.string().min(10).optional(),
    "The first administrator's password. A random one is printed once when absent; `waybill admin reset` sets a new one.",
    { secret: true },
  ),
  seed: setting(
    'WAYBILL_SEED',
    flag.default(true),
    'Whether an empty store gets a small catalogue, three warehouses and stock.',
  ),
  paymentWindowSeconds: setting(
    'WAYBILL_PAYMENT_WINDOW_SECONDS',
    z.coerce.number().int().min(1).max(2_592_000).default(86_400),
    'How long an order waits for its payment before it expires.',
  ),
  leaseSeconds: setting(
    'WAYBILL_LEASE_SECONDS',
    z.coerce.number().int().min(2).max(300).default(5),
    'After so long without a sign of life from the process that plays a role, one that stands by takes over.',
  ),
  traceSample: setting(
    'WAYBILL_TRACE_SAMPLE',
    z.coerce.number().min(0).max(1).default(0.1),
    'The share of traces that are exported, 0 to 1, when an OTLP endpoint is set.',
  ),
  logLevel: setting(
    'WAYBILL_LOG_LEVEL',
    z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    'The least important log line that is written.',
  ),
} as const satisfies Record<string, Setting>;

/** The parsed settings: each field has the output type of its schema. */
export type Config = { readonly [Name in keyof typeof settings]: z.infer<(typeof settings)[Name]['schema']> };
