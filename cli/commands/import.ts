import type { Place } from '../../domain/kernel';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig } from '../../platform/config';
import { uuidV5, uuidV7 } from '../../platform/ids';
import { exitCodes, type Command, type Invocation } from '../program/command';
import { importOrders, importProducts } from '../import/import-list';
import { claimSource, placeOfFile } from '../import/known-lists';
import { parseImportOptions, type ImportOptions } from '../import/options';
import { readList } from '../import/read-list';
import { printReport, tookNothing } from '../import/report';
import { createSender } from '../import/send';
import { waitForOrders, type ImportedOrders } from '../import/wait-for-orders';
import { withPlatform, type ReachedPlatform } from '../composition/with-platform';

const usage = `Usage: waybill import products FILE… [options]
       waybill import orders FILE… [options]

Reads a list of sales (CSV with a header row). "products" changes the catalogue to each product's latest price, name and
category. "orders" places one order an invoice for its customer, pays it, and turns cancelling lines (negative quantities) into
refunds of the earlier orders that they cancel. Items that are refused are printed on standard output, with their lines and the
reason. Running it again changes nothing, and continues where it was stopped; an order or refund that exists and differs is
refused. Several files are one list, the earliest first.

It uses the Waybill that runs on the data directory. Where none runs, it runs one until the last order has arrived.

Options
  --map FIELD=COLUMN     which column holds reference, sku, name, quantity, date, price, customer, category, country
                         (repeatable); a column with a comma: price="Price, net"
  --source NAME          the list's name, part of every id: letters a to z, digits, hyphens (default: the first file's name,
                         with a digest where it has other characters)
  --date-format FORMAT   of dates such as 9/1/2011: M/D/Y or D/M/Y (default: detected from the dates of the file; if that is not
                         possible, the month comes first, and with dots the day); 2011-09-01 is read under both
  --encoding NAME        of the files (default: that of a byte-order mark, else UTF-8, else Windows-1252)
  --delimiter CHARACTER  between fields: one character, or the word tab (default: detected from a line sep=; or the header)
  --decimal MARK         of prices: . or , (default: detected from the prices of the file)
  --currency CODE        of the prices (default: GBP)
  --minor-digits N       digits of the currency's minor unit; the currency determines them, and any other number is refused
  --goods PATTERN        the pattern of goods codes (default: ^\\d{5})
  --destination X,Y      the destination of the parcels (default: one for each customer)
  --json                 the report as JSON`;

/** Returns a location within 20 of the centre, always the same for the same customer. */
const placeOf = (customer: string): Place => {
  const bytes = Buffer.from(
    uuidV5('6ba7b812-9dad-11d1-80b4-00c04fd430c8', customer).replaceAll('-', ''),
    'hex',
  );
  return { x: (bytes.readUInt16BE(0) % 41) - 20, y: (bytes.readUInt16BE(2) % 41) - 20 };
};

/** Reserves the list's name for this list, and prints a name that is not evident. */
const claimName = async (
  { source, files: [first = ''] }: ImportOptions,
  beginning: string,
  { environment, terminal }: Invocation,
): Promise<void> => {
  const file = await placeOfFile(first);
  const list = { beginning, file };
  claimSource(readConfig(environment).config.dataDir, source, list);
  if (source.former !== undefined) {
    terminal.err(
      `The list is called ${source.source}. Say --source ${source.former} where it was imported before names were kept apart.`,
    );
  }
};

/** Waits for the orders where this command runs the platform. Orders of another process proceed there. */
const waitIn = async (
  platform: ReachedPlatform,
  orders: ImportedOrders,
  { terminal, signal }: Invocation,
): Promise<void> => {
  if (platform.own === undefined) {
    terminal.err(`The orders go their way in the Waybill that runs at ${platform.address}.`);
    return;
  }
  const { engines, projectionStatuses: statuses } = platform.own;
  const { store, readModels } = engines;
  await waitForOrders(orders, { store, readModels, statuses, clock: realClock, terminal, signal });
};

export const importCommand: Command = {
  name: 'import',
  summary: 'imports products or orders from a list of sales',
  usage,
  run: async (invocation) => {
    const chosen = parseImportOptions(invocation.args);
    const { lines, refusals, notes, beginning } = await readList(chosen.files, chosen.rules);
    notes.forEach((note) => invocation.terminal.err(note));
    return withPlatform(invocation, async (platform) => {
      if (chosen.rules.kind === 'orders') await claimName(chosen, beginning, invocation);
      const sender = createSender(platform.commands, {
        source: chosen.source.source,
        run: uuidV7(realClock, realRandom),
        currency: chosen.currency,
        paymentMethod: 'test',
        destinationOf: (customer) => chosen.destination ?? placeOf(customer),
      });
      const take = chosen.rules.kind === 'products' ? importProducts : importOrders;
      const { report, orderIds, fault } = await take(lines, sender, invocation);
      // Printed first, because a later step may fail.
      printReport({ ...report, refusedLines: [...refusals, ...report.refusedLines] }, chosen, invocation);
      if (fault !== undefined) throw fault;
      if (chosen.rules.kind === 'orders')
        await waitIn(platform, { orderIds, position: sender.position() }, invocation);
      if (invocation.signal.aborted) return exitCodes.interrupted;
      return report.refused.length > 0 || tookNothing(report) ? exitCodes.failed : exitCodes.ok;
    });
  },
};
