import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { startCommand } from '../../cli/commands/start';
import { parseRoles, roles } from '../../cli/roles/role-names';
import { readConfig, settings, type Config } from '../../platform/config';
import { isUsableSecret } from '../../platform/webhook-signing';
import { compose, SECRETS, waybillServices, type Service } from '../support/process/compose';
import { exists, jsonOf, pathOf, textOf, yamlOf } from '../support/project-files';

const services = Object.entries(compose.services);
const directory = mkdtempSync(join(tmpdir(), 'waybill-secrets-'));
execFileSync(pathOf('ops/make-secrets'), [directory], { stdio: 'ignore' });
afterAll(() => rmSync(directory, { recursive: true }));

/** The variables that the image sets, before Compose does. */
const image = { WAYBILL_DATA_DIR: '/data', WAYBILL_HOST: '0.0.0.0' };

const environmentOf = ({ environment = {} }: Service): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ ...image, ...environment }).map(([name, value]) => [
      name,
      value.replace(SECRETS, `${directory}/`),
    ]),
  );

const configOf = (service: Service): Config => readConfig(environmentOf(service)).config;

const listening: readonly (keyof Config)[] = [
  'httpPort',
  'grpcPort',
  'worldAmazonPort',
  'worldUpsPort',
  'carrierPort',
];
const portsOf = (service: Service): readonly unknown[] => {
  const config = configOf(service);
  return listening.map((setting) => config[setting]);
};

describe('docker-compose.yml', () => {
  it('follows the Compose Specification', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    // It names draft 7 by an address that Ajv does not know, and takes for granted when there is none.
    const { $schema, ...schema } = jsonOf('tests/ops/compose-spec/compose-spec.json') as { $schema: string };
    expect($schema).toContain('draft-07');
    const validate = ajv.compile(schema);
    validate(yamlOf('docker-compose.yml'));
    expect(validate.errors).toBeNull();
  });

  it('has a service for each role, one for all of them, and none for anything else', () => {
    const started = waybillServices.map(([name, { command }]) => {
      const [subcommand, option, role = 'all', ...rest] = command ?? [startCommand.name];
      expect([subcommand, option ?? '--role', rest]).toEqual([startCommand.name, '--role', []]);
      expect(parseRoles([role]).size).toBeGreaterThan(0);
      return `${name}: ${role}`;
    });
    expect(started).toEqual(['waybill: all', ...roles.map((role) => `${role}: ${role}`)]);
  });

  it.each(services)('pins the image of %s', (_, { image: pinned, build }) => {
    if (build === undefined) expect(pinned).toMatch(/^[a-z/-]+:v?\d+\.\d+\.\d+[a-z-]*$/);
    else expect(pinned).toBe(`waybill:${(jsonOf('package.json') as { version: string }).version}`);
  });

  it.each(waybillServices)('sets %s up with settings that there are', (_, service) => {
    const { warnings } = readConfig(environmentOf(service));
    expect(warnings).toEqual([]);
    const others = Object.keys(service.environment ?? {}).filter((name) => !name.startsWith('WAYBILL_'));
    others.forEach((name) => expect(name).toMatch(/^OTEL_EXPORTER_OTLP_/));
  });

  it.each(waybillServices)('publishes ports that %s listens on', (_, service) => {
    for (const published of service.ports ?? []) {
      expect(published).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
      expect(portsOf(service)).toContain(Number(published.split(':').at(-1)));
    }
  });

  it.each(waybillServices)('lets %s write to its data and nowhere else', (_, service) => {
    const mounted = [...(service.volumes ?? []), ...(service.tmpfs ?? [])];
    expect(service.read_only).toBe(true);
    expect(mounted.filter((mount) => /(^|:)\/data(:|$)/.test(mount))).toHaveLength(1);
  });

  it('points every URL at a service that is there, on a port that it listens on', () => {
    const urls = waybillServices.flatMap(([name, service]) =>
      Object.entries(service.environment ?? {}).flatMap(([variable, value]) => {
        const { host, port } = /^\w+:\/\/(?<host>[\w-]+):(?<port>\d+)/.exec(value)?.groups ?? {};
        return host === undefined ? [] : [{ name, variable, host, port: Number(port) }];
      }),
    );
    expect(urls.length).toBeGreaterThan(10);
    const engines: Readonly<Record<string, number>> = { eventstore: 2113, mongodb: 27017, nats: 4222 };
    for (const { host, port } of urls) {
      const service = compose.services[host];
      expect({ host, there: service !== undefined }).toEqual({ host, there: true });
      if (service!.build === undefined) expect({ host, port }).toEqual({ host, port: engines[host] });
      else expect(portsOf(service!)).toContain(port);
    }
  });

  it('gives each service the secrets that it reads, and no others', () => {
    for (const [name, { environment = {}, secrets = [] }] of services) {
      const read = Object.values(environment)
        .filter((value) => value.startsWith(SECRETS))
        .map((value) => value.slice(SECRETS.length));
      expect({ name, secrets: [...secrets].sort() }).toEqual({ name, secrets: read.sort() });
    }
  });

  it('has every secret made by ops/make-secrets, long enough and not to be guessed', () => {
    const made = readdirSync(directory).sort();
    expect(Object.keys(compose.secrets).sort()).toEqual(made);
    for (const [name, { file }] of Object.entries(compose.secrets)) expect(file).toBe(`ops/secrets/${name}`);
    expect(exists('ops/secrets/.gitignore')).toBe(true);
    const carrierSecret = readFileSync(join(directory, 'carrier_secret'), 'utf8');
    expect(carrierSecret).toMatch(/^whsec_/);
    expect(isUsableSecret(carrierSecret)).toBe(true);
  });

  it('mounts files that are there, and volumes that are declared', () => {
    const used = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0]!));
    const files = used.filter((source) => source.startsWith('./'));
    files.forEach((file) => expect({ file, there: exists(file) }).toEqual({ file, there: true }));
    const named = used.filter((source) => !source.startsWith('./'));
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  it('knows of every service whether it is well, and starts it again when it falls', () => {
    // One runs once; the images of the other two hold nothing to ask with.
    const unasked = new Set(['mongodb-replica-set', 'collector', 'jaeger']);
    for (const [name, { healthcheck, restart }] of services) {
      expect({ name, asked: healthcheck !== undefined }).toEqual({ name, asked: !unasked.has(name) });
      expect(restart).toBe(name === 'mongodb-replica-set' ? 'on-failure' : 'unless-stopped');
    }
  });

  it('waits only for services of the same shape', () => {
    for (const [, { profiles, depends_on: wanted = {} }] of services) {
      for (const name of Array.isArray(wanted) ? (wanted as string[]) : Object.keys(wanted))
        expect(compose.services[name]?.profiles).toEqual(profiles);
    }
  });

  it('keeps JetStream on disk at once', () => {
    expect(textOf('ops/nats/nats-server.conf')).toMatch(/^\s*sync_interval: always$/m);
  });
});

describe('.env.example', () => {
  const lines = textOf('.env.example').split('\n');
  const pairs = lines.flatMap((line) => {
    const { name, value } = /^(?:# )?(?<name>[A-Z_]+)=(?<value>.*)$/.exec(line)?.groups ?? {};
    return name === undefined ? [] : [[name, value ?? ''] as const];
  });

  it('holds settings that there are, none of them a secret', () => {
    const { warnings } = readConfig(Object.fromEntries(pairs));
    expect(warnings).toEqual([]);
    const secret = Object.values(settings).flatMap((entry) => ('secret' in entry ? [entry.variable] : []));
    pairs.forEach(([name]) => expect(secret as readonly string[]).not.toContain(name));
  });

  it('contains everything that docker-compose.yml uses, with a valid structure', () => {
    const asked = new Set(
      [...textOf('docker-compose.yml').matchAll(/\$\{(\w+):-/g)].map(([, name = '']) => name),
    );
    expect(pairs.map(([name]) => name).sort()).toEqual(['COMPOSE_PROFILES', ...asked].sort());
    const shapes = new Set(services.flatMap(([, { profiles }]) => profiles));
    expect([...shapes].sort()).toEqual(['default', 'engines', 'observability']);
    expect(shapes).toContain(Object.fromEntries(pairs)['COMPOSE_PROFILES']);
  });
});
