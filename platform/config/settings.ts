import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { countries, languages } from '../../domain/kernel';
import { timeZoneSchema } from '../validation';
import {
  carrierDialectSchema,
  carrierNameSchema,
  carrierSecretsSchema,
  carriersSchema,
  unsignedSchema,
} from './carriers';
import { flag } from './flag';
import { invoiceSettings } from './invoice-settings';
import { secretsSchema } from './secrets';
import { setting, type Setting } from './setting';

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

/**
 * Every variable that Waybill reads besides the standard `OTEL_*`. docs/reference/configuration.md is generated from
 * this.
 */
export const settings = {
  dataDir: setting(
    'WAYBILL_DATA_DIR',
    z.string().min(1).default('./data'),
    'The directory of the embedded engines.',
  ),
  host: setting('WAYBILL_HOST', z.string().min(1).default('127.0.0.1'), 'The address of every port.'),
  httpPort: setting(
    'WAYBILL_HTTP_PORT',
    port(4000),
    'GraphQL, webhooks, health and metrics. 0 takes any free port.',
  ),
  trustProxy: setting(
    'WAYBILL_TRUST_PROXY',
    flag.default(false),
    'Trust the client address in `X-Forwarded-For`. Enable it only behind your own proxy, where all clients would otherwise share the limits of one address.',
  ),
  allowedOrigins: setting(
    'WAYBILL_ALLOWED_ORIGINS',
    originsSchema.default([]),
    'Origins whose web pages may use `/graphql`, over HTTP and WebSockets, separated by commas: `https://shop.example`; `*` for every origin. Pages of this server need no entry.',
  ),
  trustedDocumentsOnly: setting(
    'WAYBILL_TRUSTED_DOCUMENTS_ONLY',
    flag.default(false),
    'Run only trusted GraphQL documents: those of the pages, those of the command line, and those of `WAYBILL_TRUSTED_DOCUMENTS` (how-to: run only trusted documents).',
  ),
  trustedDocuments: setting(
    'WAYBILL_TRUSTED_DOCUMENTS',
    z.string().min(1).optional(),
    'A folder with lists of the documents of other clients: JSON files, each an object of ids and documents. Clients may send the id instead of the document.',
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
    "The credentials of callers of EventStoreDB's protocol: `user:password`. Waybill's own processes send the user and password of `WAYBILL_EVENT_STORE`; other clients send them over TLS only. When absent, the port must be bound to this machine, every program on it may read all events, and none may write streams of Waybill's own categories.",
    { secret: true },
  ),
  eventStoreTlsCert: setting(
    'WAYBILL_EVENTSTORE_TLS_CERT',
    certificate,
    "The certificate of EventStoreDB's protocol with its chain, as PEM: callers must then use TLS. Requires `WAYBILL_EVENTSTORE_TLS_KEY`.",
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
    "Permit callers of EventStoreDB's protocol to write streams of Waybill's own categories without credentials. Such a caller can grant itself every role.",
  ),
  eventStore: setting(
    'WAYBILL_EVENT_STORE',
    scheme(
      '"embedded" or an esdb:// URL',
      /^embedded$/,
      /^(esdb|esdb\+discover|kurrentdb|kurrentdb\+discover):\/\/.+/,
    ).default('embedded'),
    'The event store: `embedded`, or `esdb://host:2113?tls=false`.',
    { secret: true },
  ),
  readModels: setting(
    'WAYBILL_READ_MODELS',
    scheme('"embedded" or a mongodb:// URL', /^embedded$/, /^mongodb(\+srv)?:\/\/.+/).default('embedded'),
    'The store of the read models: `embedded`, or `mongodb://host/database?replicaSet=rs0`.',
    { secret: true },
  ),
  personKeys: setting(
    'WAYBILL_PERSON_KEYS',
    scheme('"embedded" or a mongodb:// URL', /^embedded$/, /^mongodb(\+srv)?:\/\/.+/).optional(),
    'The store of the keys that seal personal data: `embedded`, the file `keys.db` of the data directory, or `mongodb://host/database?replicaSet=rs0`. When absent, as `WAYBILL_READ_MODELS`.',
    { secret: true },
  ),
  files: setting(
    'WAYBILL_FILES',
    scheme('"embedded" or a file:/// URL', /^embedded$/, /^file:\/\/\/.+/).default('embedded'),
    'The store of uploaded pictures: `embedded`, the folder `files` of the data directory, or `file:///folder`. The roles `edge` and `workflows` need the same one where they are separate processes.',
  ),
  bus: setting(
    'WAYBILL_BUS',
    scheme('"embedded" or a nats:// URL', /^embedded$/, /^(nats|tls):\/\/.+/).default('embedded'),
    'The bus of integration events: `embedded`, or `nats://host:4222`.',
    { secret: true },
  ),
  commands: setting(
    'WAYBILL_COMMANDS',
    scheme('"in-process" or grpc://host:port', /^in-process$/, /^grpcs?:\/\/[^/]+(,[^/]+)*$/).default(
      'in-process',
    ),
    'The address of the command services for the other roles: `in-process`, or `grpc://host:50051` (several, separated by commas; `grpcs://` with TLS).',
  ),
  commandsToken: setting(
    'WAYBILL_COMMANDS_TOKEN',
    z.string().min(16).optional(),
    'The token with which the processes of one platform authenticate to the command services. Made and kept in the data directory when absent.',
    { secret: true },
  ),
  grpcTlsCert: setting(
    'WAYBILL_GRPC_TLS_CERT',
    certificate,
    'The certificate of the command services with its chain, as PEM: they then accept TLS only. Requires `WAYBILL_GRPC_TLS_KEY`.',
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
    'The certificate authority for `grpcs://`, as PEM. When absent, the authorities that Node trusts.',
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
    'The dialect of the carrier: `plain` (A), `enveloped` (B) or `signed` (C) webhooks.',
  ),
  carrierName: setting(
    'WAYBILL_CARRIER_NAME',
    carrierNameSchema.default('ups'),
    'The name of the carrier: its signed webhooks go to `/webhooks/<name>`.',
  ),
  carrierSecret: setting(
    'WAYBILL_CARRIER_SECRET',
    carrierSecretsSchema.optional(),
    'The secret shared with the carrier; several, for rotation, separated by commas. Made and kept in the data directory when absent.',
    { secret: true },
  ),
  webhooksLoopback: setting(
    'WAYBILL_WEBHOOKS_LOOPBACK',
    flag.default(false),
    'Permit webhook endpoints on this machine, also over `http`. For development: otherwise messages go to public addresses over `https` alone.',
  ),
  carrierOperator: setting(
    'WAYBILL_CARRIER_OPERATOR',
    flag.default(false),
    'Permit the carrier to choose our world (`/set_worldid`).',
  ),
  carrierUnsigned: setting(
    'WAYBILL_CARRIER_UNSIGNED',
    unsignedSchema.default([]),
    'Accept unsigned messages of the carrier if its dialect is `plain` or `enveloped`: `off`, the default; `on` for messages from this machine; or the addresses and networks of the carrier, separated by commas (`10.0.0.7,192.0.2.0/24`).',
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
    'The address for reports of the carrier simulator if the role `ups-gateway` runs in another process: the URL of that process.',
  ),
  smtpUrl: setting(
    'WAYBILL_SMTP_URL',
    scheme('smtp://host:port or smtps://host', /^smtps?:\/\/[^/]+/).optional(),
    'The server that sends e-mails: `smtp://user:password@host:587`, or `smtps://` for TLS from the start; `?requireTLS=true` refuses a server without TLS. When absent, e-mails are written as files into `outbox` in the data directory.',
    { secret: true },
  ),
  mailFrom: setting(
    'WAYBILL_MAIL_FROM',
    z
      .string()
      .regex(/^([^<>\r\n]*<)?[^@\s<>]+@[^@\s<>]+>?$/, { error: 'must be an address, or Name <address>' })
      .default('Waybill <no-reply@waybill.local>'),
    'The sender of e-mails: an address, or `Name <address>`.',
  ),
  smsUrl: setting(
    'WAYBILL_SMS_URL',
    scheme('an http(s) URL', /^https?:\/\/.+/).optional(),
    'The gateway that sends short messages (how-to: send notifications). When absent, they are written as files into `outbox` in the data directory if e-mails are too; otherwise e-mails are sent in their place. Requires `WAYBILL_SMS_TOKEN`.',
  ),
  smsToken: setting(
    'WAYBILL_SMS_TOKEN',
    z.string().min(8).optional(),
    'The secret that is shared with the SMS gateway: the bearer token, and the key that signs each message.',
    { secret: true },
  ),
  smsFrom: setting(
    'WAYBILL_SMS_FROM',
    z.string().min(1).max(50).default('Waybill'),
    'The sender of short messages, as the SMS gateway knows it.',
  ),
  alertsWeCom: setting(
    'WAYBILL_ALERTS_WECOM',
    scheme('an http(s) URL with ?key=', /^https?:\/\/[^?]+\?(.*&)?key=.+/).optional(),
    'The webhook of the bot of a WeCom group that gets alerts, such as a shipment that is parked: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…`. It is tried first, then the telephone, then the e-mail address.',
    { secret: true },
  ),
  alertsTelephone: setting(
    'WAYBILL_ALERTS_TELEPHONE',
    z
      .string()
      .regex(/^\+?\d{5,15}$/, { error: 'must be 5 to 15 digits, after a + or not' })
      .optional(),
    'The telephone number that gets alerts by SMS.',
  ),
  alertsEmail: setting(
    'WAYBILL_ALERTS_EMAIL',
    z.email().optional(),
    'The e-mail address that gets alerts. When absent, `WAYBILL_ADMIN_EMAIL`.',
  ),
  alertsLanguage: setting(
    'WAYBILL_ALERTS_LANGUAGE',
    z.enum(languages).default('en'),
    'The language of alerts.',
  ),
  pagesUrl: setting(
    'WAYBILL_PAGES_URL',
    scheme('an http(s) URL', /^https?:\/\/.+/)
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    "The address of the shop's pages in e-mails. When absent, the address at which this process serves HTTP.",
  ),
  simulationSpeed: setting(
    'WAYBILL_SIMULATION_SPEED',
    z.coerce.number().int().min(1).max(1_000_000).default(100),
    'The speed of the simulated World; 100 is its default.',
  ),
  flakiness: setting(
    'WAYBILL_FLAKINESS',
    z.coerce.number().int().min(0).max(99).default(0),
    'The percentage of messages that the simulated World loses, in each direction.',
  ),
  tokenSecret: setting(
    'WAYBILL_TOKEN_SECRET',
    secretsSchema(32).optional(),
    'The secret that signs access tokens; several, for rotation, separated by commas (the first signs). Made and kept in the data directory when absent.',
    { secret: true },
  ),
  realmRequired: setting(
    'WAYBILL_REALM_REQUIRED',
    flag.default(false),
    'Whether access tokens that name no realm give only what the shop gives. Off, they give all that their account may do, as before there were realms. It becomes the default in June 2027.',
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
    'Fill an empty store with a small catalogue, three warehouses and stock.',
  ),
  timeZone: setting(
    'WAYBILL_TIME_ZONE',
    timeZoneSchema.default('UTC'),
    "The shop's time zone, a name of the IANA data base such as `Europe/London`: the flat models for analysts show each time in it, besides UTC, and payments are compared by its days.",
  ),
  paymentCapture: setting(
    'WAYBILL_PAYMENT_CAPTURE',
    z.enum(['at-order', 'at-dispatch']).default('at-order'),
    'When the money of an order is taken: `at-order`, or `at-dispatch`: it is authorised with the order and captured as each shipment is packed, where the payment provider can. A change applies to payments that begin after it.',
  ),
  paymentStatements: setting(
    'WAYBILL_PAYMENT_STATEMENTS',
    z.string().min(1).optional(),
    'The directory with the statements of the payment provider, a file a day (how-to: reconcile payments), the same for all processes. When absent, `payment-statements` in the data directory. The test provider adds its own movements.',
  ),
  ...invoiceSettings,
  paymentWindowSeconds: setting(
    'WAYBILL_PAYMENT_WINDOW_SECONDS',
    z.coerce.number().int().min(1).max(2_592_000).default(86_400),
    'The time after which an unpaid order expires.',
  ),
  taxCountry: setting(
    'WAYBILL_TAX_COUNTRY',
    z
      .string()
      .refine((code) => countries.has(code), 'a country of ISO 3166-1: two capital letters')
      .optional(),
    "The shop's own country, such as `DE`: orders whose customer has given no address are taxed as there. They are not taxed where it is not set.",
  ),
  leaseSeconds: setting(
    'WAYBILL_LEASE_SECONDS',
    z.coerce.number().int().min(2).max(300).default(5),
    'The time without a renewal by the process that plays a role after which a standby takes over. A slow engine of read models lengthens it, up to 8 times.',
  ),
  traceSample: setting(
    'WAYBILL_TRACE_SAMPLE',
    z.coerce.number().min(0).max(1).default(0.1),
    'The share of traces that are exported, 0 to 1, when an OTLP endpoint is set.',
  ),
  logLevel: setting(
    'WAYBILL_LOG_LEVEL',
    z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    'The lowest level of log lines that are written.',
  ),
} as const satisfies Record<string, Setting>;

/** The parsed settings: each field has the output type of its schema. */
export type Config = { readonly [Name in keyof typeof settings]: z.infer<(typeof settings)[Name]['schema']> };
