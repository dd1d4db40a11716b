import type { Place } from '../../domain/kernel';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig } from '../../platform/config';
import { uuidV5, uuidV7 } from '../../platform/ids';
import { exitCodes, type Command, type Invocation } from '../command';
import { importOrders, importProducts } from '../import/import-list';
import { claimSource, placeOfFile } from '../import/known-lists';
import { parseImportOptions, type ImportOptions } from '../import/options';
import { readList } from '../import/read-list';
import { printReport, tookNothing } from '../import/report';
import { createSender } from '../import/send';
import { waitForOrders, type ImportedOrders } from '../import/wait-for-orders';
import { withPlatform, type ReachedPlatform } from '../with-platform';

const usage = `Usage: waybill import products FILE… [options]
       waybill import orders FILE… [options]

Reads a list of sales (CSV with a header row). "products" brings the catalogue to each product's latest price, name and
category; "orders" makes one order an invoice, for the customer who made it, pays it, and turns cancelling lines (negative
quantities) into refunds of the earlier orders that they undo. What can't be taken is told on standard output, with its line and
why. Running it again changes nothing, and goes on where it was stopped; an order or refund that is known and differs now is
refused. Several files are one list, the earliest first.

It goes to the Waybill that runs on the data directory; where none runs, one runs for as long as the import takes, until the
last order has arrived.

Options
  --map FIELD=COLUMN     which column holds reference, sku, name, quantity, date, price, customer, category, country
                         (repeatable); a column with a comma: price="Price, net"
  --source NAME          the list's name, part of every id: letters a to z, digits, hyphens (default: the first file's name,
                         with a digest where it holds anything else)
  --date-format FORMAT   of dates such as 9/1/2011: M/D/Y or D/M/Y (default: as the dates of the file show; where they do not,
                         the month comes first, and with dots the day); 2011-09-01 is read under both
  --encoding NAME        of the files (default: UTF-8, or Windows-1252 where they are not; or as a byte-order mark says)
  --delimiter CHARACTER  between fields: one character, or the word tab (default: as a line sep=; or the header shows)
  --decimal MARK         of prices: . or , (default: as the prices of the file show)
  --currency CODE        of the prices (default: GBP)
  --minor-digits N       digits of the currency's minor unit; they follow from the currency, and any other number is refused
  --goods PATTERN        what a goods code looks like (default: ^\\d{5})
  --destination X,Y      where the parcels go (default: a place of its own for each customer)
  --json                 the report as JSON`;

/** A place within 20 of the middle, always the same for the same customer. */
const placeOf = (customer: string): Place => {
  const bytes = Buffer.from(
    uuidV5('6ba7b812-9dad-11d1-80b4-00c04fd430c8', customer).replaceAll('-', ''),
    'hex',
  );
  return { x: (bytes.readUInt16BE(0) % 41) - 20, y: (bytes.readUInt16BE(2) % 41) - 20 };
};

/** Makes sure that the list's name is its own, and says what it is where that is not plain. */
const claimName = async (
  { source, files: [first = ''] }: ImportOptions,
  beginning: string,
  { environment, terminal }: Invocation,
): Promise<void> => {
  const file = await placeOfFile(first);
  const list = { beginning, ...(file === undefined ? {} : { file }) };
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
  summary: 'takes products or orders from a list of sales',
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
      // Told before anything can go wrong with what follows.
      printReport({ ...report, refusedLines: [...refusals, ...report.refusedLines] }, chosen, invocation);
      if (fault !== undefined) throw fault;
      if (chosen.rules.kind === 'orders')
        await waitIn(platform, { orderIds, position: sender.position() }, invocation);
      if (invocation.signal.aborted) return exitCodes.interrupted;
      return report.refused.length > 0 || tookNothing(report) ? exitCodes.failed : exitCodes.ok;
    });
  },
};
