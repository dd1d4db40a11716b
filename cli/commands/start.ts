import { parseArgs } from 'node:util';
import type { Millis } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { readConfig, type Config } from '../../platform/config';
import { untilReady } from '../../platform/health';
import { startTraceExport } from '../../platform/telemetry';
import { exitCodes, type Command, type Terminal } from '../program/command';
import { parseRoles, roles, type Role } from '../roles/role-names';
import { realRuntime } from '../program/runtime';
import { administratorText } from '../seed/administrator';
import { startPlatform, type Platform } from '../composition/start-platform';
import { untilStopped } from '../program/until-stopped';

const request = (url: string): string =>
  `curl -s ${url}/graphql -H 'content-type: application/json' -d '{"query":"{ products(first: 3) { edges { node { name price { formatted } availability { onHand } } } } }"}'`;

/** The longest wait of the greeting for a ready platform, e.g. until the read models show what the start has stored. */
const READY_WITHIN_MS = 5_000 as Millis;

/** Prints the addresses and a first request. @param waitsFor - the parts that are not ready yet. */
const greet = (
  { addresses, administrator }: Platform,
  {
    config: { dataDir, trustedDocumentsOnly },
    wanted,
  }: { readonly config: Config; readonly wanted: ReadonlySet<Role> },
  waitsFor: readonly string[],
  terminal: Terminal,
): void => {
  const { http, grpc, worldAmazon, worldUps, carrier, eventstore } = addresses;
  const shop = wanted.has('edge') ? http : undefined;
  // Where only listed documents are run, a first request and the page to try the API are of no use.
  const tryHint = trustedDocumentsOnly ? '' : `   (to try it: ${shop}/graphiql)`;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['Pages', shop && `${shop}   for staff: ${shop}/admin`],
    ['GraphQL', shop && `${shop}/graphql${tryHint}`],
    ['REST', shop && `${shop}/api/v1   (its routes: ${shop}/api/docs)`],
    ['Health', http && `${http}/health/ready   metrics: ${http}/metrics`],
    ['gRPC', grpc],
    ['World', worldAmazon && `${worldAmazon} for shops, ${worldUps ?? 'nowhere'} for carriers`],
    ['Carrier', carrier],
    ['EventStoreDB', eventstore],
    ['Data', dataDir],
  ];
  const seconds = process.uptime().toFixed(1);
  if (waitsFor.length === 0) terminal.err(`Waybill is ready after ${seconds} s.\n`);
  else
    terminal.err(
      `Waybill serves after ${seconds} s, but not everything is ready:\n  ${waitsFor.join('\n  ')}\n`,
    );
  lines.forEach(([name, where]) => {
    if (where !== undefined) terminal.err(`  ${name.padEnd(13)}${where}`);
  });
  const password = administratorText(administrator);
  if (password !== undefined) terminal.err(`\n  ${password}`);
  if (shop !== undefined && !trustedDocumentsOnly)
    terminal.err(`\nTry this:\n\n  ${request(shop)}\n\nor watch a parcel travel: npm run -s waybill -- demo`);
};

export const startCommand: Command = {
  name: 'start',
  summary: 'runs the platform, whole or in parts',
  usage: `Usage: waybill start [--role ROLE[,ROLE…]] [--json]

Runs everything in one process on embedded engines, World and carrier included. With --role, runs only these parts:
${roles.join(', ')}, all.

The environment has the settings: see "waybill config". SIGINT and SIGTERM stop it gracefully.
--json: the addresses on standard output, as one line of JSON.`,
  run: async ({ args, environment, terminal, signal }) => {
    const { values } = parseArgs({
      args: [...args],
      options: { role: { type: 'string', multiple: true }, json: { type: 'boolean', default: false } },
    });
    const wanted = parseRoles(values.role ?? []);
    const { config, warnings } = readConfig(environment);
    warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
    const role = wanted.size === roles.length ? 'all' : [...wanted].join('+');
    const exporter = await startTraceExport(config, environment, role);
    const runtime = realRuntime(config);
    const platform = await startPlatform(config, wanted, runtime, signal).catch((error: unknown) => {
      // Stopped while it waited for an engine: what it had started is closed.
      if (signal.aborted) return undefined;
      throw error;
    });
    if (platform !== undefined) {
      const waiting = { clock: realClock, signal, withinMs: READY_WITHIN_MS };
      const waitsFor = await untilReady(platform.readiness, waiting);
      if (values.json) terminal.out(JSON.stringify(platform.addresses));
      greet(platform, { config, wanted }, waitsFor, terminal);
      await untilStopped(signal);
      terminal.err('Stopping.');
      await platform.close();
    }
    await exporter?.shutdown();
    return exitCodes.ok;
  },
};
