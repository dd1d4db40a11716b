import { parseArgs } from 'node:util';
import { realClock } from '../../platform/clock';
import { readConfig } from '../../platform/config';
import { openDataDirectory } from '../../platform/data-directory';
import { allProjections } from '../../projections/read-models';
import { exitCodes, type Command, type Terminal } from '../program/command';
import { openEngines } from '../composition/engines';
import { realRuntime } from '../program/runtime';
import { bar } from '../program/terminal';
import { verify, type VerifyReport } from '../verify';

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'none';

const SHOWN_MAX = 100;

const print = (report: VerifyReport, terminal: Terminal): void => {
  const { events, streams, orders, stock, money, readModels, breaches } = report;
  terminal.out(`${events} events in ${streams} streams`);
  terminal.out(`Orders: ${counted(orders)}`);
  const { received, onHand, reserved, shipped, removed } = stock;
  terminal.out(
    `Stock: received ${received} = on hand ${onHand} + reserved ${reserved} + shipped ${shipped} + removed ${removed}`,
  );
  for (const [currency, { captured, refunded, sold, givenBack }] of Object.entries(money))
    terminal.out(
      `${currency}, in minor units: captured ${captured} − refunded ${refunded}; sold ${sold} − given back ${givenBack}`,
    );
  const documents = readModels.reduce((sum, readModel) => sum + readModel.documents, 0);
  terminal.out(`${documents} documents in ${readModels.length} read models`);
  for (const { name, version } of readModels.filter(({ foreign }) => foreign))
    terminal.out(
      `${name} was not compared: readers see version ${version}, which code of another version has made; the next start rebuilds it`,
    );
  const behind = readModels.filter((readModel) => readModel.behind > 0);
  for (const readModel of behind)
    terminal.out(
      `${readModel.name} was compared as far as it has come: ${readModel.behind} events are not in it yet; the next start takes them in`,
    );
  for (const { invariant, subject, detail } of breaches.slice(0, SHOWN_MAX))
    terminal.out(`${invariant}  ${subject}: ${detail}`);
  if (breaches.length > SHOWN_MAX) terminal.out(`and ${breaches.length - SHOWN_MAX} more`);
  const held = behind.length === 0 ? '' : ', of read models as far as they have come';
  terminal.err(
    breaches.length === 0 ? `All invariants hold${held}.` : `${breaches.length} breaches of the invariants.`,
  );
};

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'checks the stored events and read models against the invariants',
  usage: `Usage: waybill verify [--settled] [--json]

Reads all events and read models of the data directory, which no platform may use meanwhile. Writes nothing. Checks that
  V2   a command had one effect at most
  V4   stock received = on hand + reserved + shipped + removed, and is never negative
  V5   streams have no gaps, and positions rise
  V6   each read model equals the one that is built from the events
  V8   every status is a valid successor of the one before
  V9   no shipment was packed, loaded or delivered twice
  V10  money captured − refunded = sold − given back
  V11  each paid order has an invoice, each refund a credit note, and their numbers have no gaps
and prints each breach in a line. Exit code 6 if there are any.

Options
  --settled  no order is in progress: every order must have ended (V7), and every balance must agree
  --json     the report as JSON`,
  run: async ({ args, environment, terminal }) => {
    const { values } = parseArgs({
      args: [...args],
      options: { settled: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    });
    const { config, warnings } = readConfig(environment);
    warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
    const runtime = realRuntime(config);
    const data = await openDataDirectory(config.dataDir, runtime);
    try {
      const engines = await openEngines(config, data.path, runtime);
      try {
        const { store, rawStore, personal, embeddedStore, readModels } = engines;
        const report = await verify(
          {
            store,
            rawStore,
            personal,
            readModels,
            clock: realClock,
            projections: allProjections,
            verifyFiles: embeddedStore && (async () => (await embeddedStore.verify()).problems),
            onProgress: (what, done) =>
              terminal.progress(
                what === 'events' ? `${done} events` : bar(done, allProjections.length, what),
              ),
          },
          { settled: values.settled },
        );
        if (values.json) terminal.out(JSON.stringify(report, undefined, 2));
        else print(report, terminal);
        return report.breaches.length === 0 ? exitCodes.ok : exitCodes.differencesFound;
      } finally {
        await engines.close();
      }
    } finally {
      await data.release();
    }
  },
};
