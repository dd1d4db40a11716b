import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Millis } from '../../domain/kernel';
import type { Bus } from '../../platform/bus';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig, settings, type Config } from '../../platform/config';
import { freeBytes, readAddresses } from '../../platform/data-directory';
import { Fault } from '../../platform/faults';
import { answeredWithin } from '../../platform/health';
import { KEYS_FILE } from '../../platform/personal-data';
import { listen, type PortName } from '../../platform/listen';
import { silentLogger } from '../../platform/telemetry';
import { exitCodes, type Command } from '../program/command';
import { NO_PERSON } from '../composition/engine-health';
import { openBus, openReadModels, openStore } from '../composition/engines';
import { keysUrlOf, openPersonalData } from '../composition/personal-data';
import type { Runtime } from '../program/runtime';
import { version } from '../program/version';

/** The result of one check. `remedy`: what the operator must do, if anything. */
type Finding = {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'problem';
  readonly detail: string;
  readonly remedy?: string;
};

const runtime: Runtime = { clock: realClock, random: realRandom, logger: silentLogger };

const NODE_MIN = [20, 19] as const;
const MIB = 1024 * 1024;
const FREE_BYTES_MIN = 64 * MIB;
const ENGINE_WITHIN_MS = 5_000 as Millis;
const PLATFORM_WITHIN_MS = 3_000 as Millis;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const nodeFinding = (): Finding => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOldEnough = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  const detail = `Waybill ${version()} on Node.js ${process.versions.node}`;
  return isOldEnough
    ? { name: 'program', state: 'ok', detail }
    : {
        name: 'program',
        state: 'problem',
        detail,
        remedy: `Install Node.js ${NODE_MIN.join('.')} or newer.`,
      };
};

const settingsFindings = (warnings: readonly string[]): readonly Finding[] =>
  warnings.length === 0
    ? [{ name: 'settings', state: 'ok', detail: 'Every setting can be used.' }]
    : warnings.map((detail) => ({
        name: 'settings',
        state: 'warning',
        detail,
        remedy: 'Remove it, or correct its name; `waybill config` lists the settings.',
      }));

const isEmbedded = ({ eventStore, readModels }: Config): boolean =>
  [eventStore, readModels].includes('embedded');

const modeFinding = async (directory: string): Promise<Finding | undefined> => {
  const files = ['', 'events.db', 'read-models.db', KEYS_FILE, 'secrets'].map((name) =>
    join(directory, name),
  );
  const open: string[] = [];
  for (const file of files) {
    const mode = (await stat(file).catch(() => undefined))?.mode ?? 0;
    if ((mode & 0o077) !== 0) open.push(file);
  }
  if (open.length === 0) return undefined;
  return {
    name: 'data directory',
    state: 'warning',
    detail: `Other users of this machine may read ${open.join(', ')}.`,
    remedy: `chmod -R go= ${directory}`,
  };
};

/** Without the file of keys, nothing that they sealed can be read; a start refuses to make others. */
const keysFinding = async (config: Config): Promise<Finding | undefined> => {
  const { dataDir, eventStore } = config;
  const isThere = async (file: string): Promise<boolean> =>
    (await stat(join(dataDir, file)).catch(() => undefined)) !== undefined;
  if (keysUrlOf(config) !== 'embedded' || eventStore !== 'embedded') return undefined;
  if (!(await isThere('events.db')) || (await isThere(KEYS_FILE))) return undefined;
  return {
    name: 'keys of persons',
    state: 'problem',
    detail: `${join(dataDir, KEYS_FILE)} is missing: personal data in the events cannot be read.`,
    remedy: 'Restore it from a backup; docs/how-to/back-up-and-restore.md says how.',
  };
};

const dataFindings = async (config: Config): Promise<readonly Finding[]> => {
  if (!isEmbedded(config)) return [];
  const { dataDir } = config;
  const name = 'data directory';
  if ((await stat(dataDir).catch(() => undefined)) === undefined)
    return [{ name, state: 'ok', detail: `${dataDir} is not there yet; the first start makes it.` }];
  const free = await freeBytes(dataDir);
  const detail = `${dataDir} has ${Math.floor(free / MIB)} MiB free.`;
  const room: Finding =
    free >= FREE_BYTES_MIN
      ? { name, state: 'ok', detail }
      : { name, state: 'problem', detail, remedy: 'Make room: with less than 8 MiB, commands are refused.' };
  const findings = [room, await modeFinding(dataDir), await keysFinding(config)];
  return findings.filter((finding) => finding !== undefined);
};

/** Checks the platform that runs on this data directory, at the address that it has written there. */
const platformFinding = async ({ dataDir }: Config): Promise<Finding | undefined> => {
  const { http } = readAddresses(dataDir);
  if (http === undefined) return undefined;
  const name = 'platform';
  try {
    const answer = await fetch(`${http}/health/ready`, { signal: AbortSignal.timeout(PLATFORM_WITHIN_MS) });
    const { status, parts } = (await answer.json()) as {
      readonly status: string;
      readonly parts: Readonly<Record<string, { readonly ready: boolean; readonly detail?: string }>>;
    };
    if (answer.ok) return { name, state: 'ok', detail: `It runs at ${http}: ${status}.` };
    const waits = Object.entries(parts).flatMap(([part, { ready: isReady, detail }]) =>
      isReady ? [] : [`${part}: ${detail ?? 'not ready'}`],
    );
    return {
      name,
      state: 'problem',
      detail: `It runs at ${http} and is not ready. ${waits.join('; ')}`,
      remedy: 'docs/how-to/when-an-engine-is-away.md says what each part waits for.',
    };
  } catch (error) {
    return {
      name,
      state: 'warning',
      detail: `${http} does not answer (${messageOf(error)}).`,
      remedy: 'It may have been killed; the next start tidies up.',
    };
  }
};

const portSettingsOf = (config: Config): readonly PortName[] => {
  const ports: PortName[] = ['httpPort', 'grpcPort'];
  if (config.world === 'simulated') ports.push('worldAmazonPort', 'worldUpsPort');
  if (config.carrier === 'simulated') ports.push('carrierPort');
  if (config.eventStorePort !== undefined) ports.push('eventStorePort');
  return ports;
};

const portFinding = async (config: Config, setting: PortName): Promise<Finding> => {
  const port = config[setting] ?? 0;
  const name = 'port';
  const server = createServer();
  try {
    await listen(server, { host: config.host, port }, setting);
    return {
      name,
      state: 'ok',
      detail: `${settings[setting].variable}: ${port === 0 ? 'any' : port} is free.`,
    };
  } catch (error) {
    return {
      name,
      state: 'problem',
      detail: messageOf(error),
      remedy: 'Stop the other program, or choose another port.',
    };
  } finally {
    server.close();
  }
};

type Opened = { readonly close: () => Promise<void> };

/** Checks that the server of a URL can be reached with the URL's credentials. */
const serverFinding = async <Engine extends Opened>(
  name: string,
  open: () => Promise<Engine>,
  ask: (engine: Engine) => Promise<void>,
): Promise<Finding> => {
  let engine: Engine | undefined;
  try {
    await answeredWithin(
      ENGINE_WITHIN_MS,
      async () => {
        engine = await open();
        await ask(engine);
      },
      realClock,
    );
    return { name, state: 'ok', detail: 'It answers.' };
  } catch (error) {
    return {
      name,
      state: 'problem',
      detail: messageOf(error),
      remedy: 'Start it, or correct the URL; docs/how-to/when-an-engine-is-away.md says more.',
    };
  } finally {
    await engine?.close().catch(() => undefined);
  }
};

/** Waits until the bus is connected. It connects in the background and reports only whether it is. */
const untilHealthy = async (bus: Pick<Bus, 'healthy'>): Promise<void> => {
  const endMs = realClock.monotonicMs() + ENGINE_WITHIN_MS;
  while (!bus.healthy()) {
    if (realClock.monotonicMs() >= endMs)
      throw new Fault('BUS_UNAVAILABLE', `NATS does not answer within ${ENGINE_WITHIN_MS} ms.`);
    await realClock.sleep(100 as Millis);
  }
};

const serverFindings = (config: Config): readonly Promise<Finding>[] => {
  const { eventStore, readModels, bus, dataDir } = config;
  const findings: Promise<Finding>[] = [];
  if (eventStore !== 'embedded')
    findings.push(
      serverFinding(
        'event store',
        async () => (await openStore(eventStore, dataDir, runtime)).rawStore,
        async (store) => {
          await store.head();
        },
      ),
    );
  if (readModels !== 'embedded')
    findings.push(
      serverFinding(
        'read models',
        () => openReadModels(config, dataDir, runtime),
        async (models) => {
          await models.promoted('accounts');
        },
      ),
    );
  if (keysUrlOf(config) !== 'embedded')
    findings.push(
      serverFinding(
        'keys of persons',
        async () => (await openPersonalData(config, dataDir, runtime)).personKeys,
        async (keys) => {
          await keys.find([NO_PERSON]);
        },
      ),
    );
  if (bus !== 'embedded') findings.push(serverFinding('bus', () => openBus(bus, runtime), untilHealthy));
  return findings;
};

const examine = async (config: Config, warnings: readonly string[]): Promise<readonly Finding[]> => {
  const platform = await platformFinding(config);
  const isRunning = platform?.state === 'ok' || platform?.state === 'problem';
  const ports = isRunning ? [] : portSettingsOf(config).map((setting) => portFinding(config, setting));
  return [
    nodeFinding(),
    ...settingsFindings(warnings),
    ...(await dataFindings(config)),
    ...(platform === undefined ? [] : [platform]),
    ...(await Promise.all([...ports, ...serverFindings(config)])),
  ];
};

const marks = { ok: 'ok', warning: 'warning', problem: 'PROBLEM' } as const;

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'finds problems that would keep Waybill from running here',
  usage: `Usage: waybill doctor [--json]

Checks the program, the settings, the data directory, the ports, the servers that the settings name, and the platform if one runs
on the data directory. Changes nothing. Prints each problem with its remedy. Exit code 1 if there is a problem.

--json: the findings as JSON.`,
  run: async ({ args, environment, terminal }) => {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const { config, warnings } = readConfig(environment);
    const findings = await examine(config, warnings);
    if (values.json) terminal.out(JSON.stringify(findings, undefined, 2));
    else
      findings.forEach(({ name, state, detail, remedy }) =>
        terminal.out(
          `${marks[state].padEnd(9)}${name}: ${detail}${remedy === undefined ? '' : ` ${remedy}`}`,
        ),
      );
    return findings.some(({ state }) => state === 'problem') ? exitCodes.failed : exitCodes.ok;
  },
};
