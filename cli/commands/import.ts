import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Place } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import { realClock, realRandom } from '../../platform/clock';
import { uuidV5, uuidV7 } from '../../platform/identity';
import { exitCodes, UsageError, type Command } from '../command';
import { parseMapping, type Mapping } from '../import/mapping';
import { importOrders, importProducts } from '../import/import-list';
import { readCsv } from '../import/read-csv';
import { printReport } from '../import/report';
import { dateFormats, type DateFormat } from '../import/sale-date';
import {
  goodsOf,
  isRefusal,
  saleOf,
  type LineRules,
  type Refusal,
  type SalesLine,
} from '../import/sales-line';
import { createSender } from '../import/send';
import { withPlatform } from '../composition/with-platform';

const usage = `Usage: waybill import products FILE… [options]
       waybill import orders FILE… [options]

Reads a list of sales (CSV with a header row). "products" brings the catalogue to each product's latest price, name and
category; "orders" makes one order an invoice, for the customer who made it, pays it, and turns cancelling lines (negative
quantities) into refunds of the earlier orders that they undo. What can't be taken is told on standard output, with its line and
why. Running it again changes nothing, and goes on where it was stopped. Several files are one list, the earliest first.

It goes to the Waybill that runs on the data directory; where none runs, one runs for as long as the import takes, until the
last order has arrived.

Options
  --map FIELD=COLUMN     which column holds reference, sku, name, quantity, date, price, customer, category (repeatable)
  --source NAME          the list's name, part of every id (default: the first file's name)
  --date-format FORMAT   of dates such as 9/1/2011: M/D/Y or D/M/Y (default: M/D/Y); 2011-09-01 is read under both
  --currency CODE        of the prices (default: GBP)
  --minor-digits N       digits of the currency's minor unit (default: 2)
  --goods PATTERN        what a goods code looks like (default: ^\\d{5})
  --destination X,Y      where the parcels go (default: a place of its own for each customer)
  --json                 the report as JSON`;

type Options = {
  readonly kind: 'products' | 'orders';
  readonly files: readonly string[];
  readonly mapping: Mapping;
  readonly rules: LineRules;
  readonly source: string;
  readonly currency: CurrencyCode;
  readonly destination: Place | undefined;
  readonly json: boolean;
};

const options = {
  map: { type: 'string', multiple: true },
  source: { type: 'string' },
  'date-format': { type: 'string', default: 'M/D/Y' },
  currency: { type: 'string', default: 'GBP' },
  'minor-digits': { type: 'string', default: '2' },
  goods: { type: 'string', default: '^\\d{5}' },
  destination: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const parsePattern = (text: string): RegExp => {
  try {
    return new RegExp(text);
  } catch {
    throw new UsageError(`--goods takes a regular expression; "${text}" is none.`);
  }
};

const parsePlace = (text: string): Place => {
  const match = /^(-?\d{1,10}),(-?\d{1,10})$/.exec(text);
  if (!match) throw new UsageError(`--destination takes X,Y; not "${text}".`);
  return { x: Number(match[1]), y: Number(match[2]) };
};

const isDateFormat = (text: string): text is DateFormat => (dateFormats as readonly string[]).includes(text);

const parseDateFormat = (text: string): DateFormat => {
  if (!isDateFormat(text))
    throw new UsageError(`--date-format takes ${dateFormats.join(' or ')}; not "${text}".`);
  return text;
};

const parseOptions = (args: readonly string[]): Options => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [kind, ...files] = positionals;
  const [first] = files;
  if ((kind !== 'products' && kind !== 'orders') || first === undefined) {
    throw new UsageError('Say what to import, and from which file.');
  }
  const mapping = parseMapping(values.map ?? []);
  const minorDigits = Number(values['minor-digits']);
  if (!Number.isInteger(minorDigits) || minorDigits < 0 || minorDigits > 4) {
    throw new UsageError('--minor-digits takes 0 to 4.');
  }
  if (!/^[A-Z]{3}$/.test(values.currency))
    throw new UsageError('--currency takes an ISO 4217 code such as GBP.');
  return {
    kind,
    files,
    mapping,
    rules: {
      mapping,
      goods: parsePattern(values.goods),
      minorDigits,
      dateFormat: parseDateFormat(values['date-format']),
    },
    source: (values.source ?? basename(first).replace(/\.[^.]*$/, ''))
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-'),
    currency: values.currency as CurrencyCode,
    destination: values.destination === undefined ? undefined : parsePlace(values.destination),
    json: values.json,
  };
};

/** A place within 20 of the middle, always the same for the same customer. */
const placeOf = (customer: string): Place => {
  const bytes = Buffer.from(
    uuidV5('6ba7b812-9dad-11d1-80b4-00c04fd430c8', customer).replaceAll('-', ''),
    'hex',
  );
  return { x: (bytes.readUInt16BE(0) % 41) - 20, y: (bytes.readUInt16BE(2) % 41) - 20 };
};

const readLines = async ({ files, mapping, rules, kind }: Options) => {
  const wanted = Object.values(mapping);
  const lines: SalesLine[] = [];
  const refusals: Refusal[] = [];
  for (const file of files) {
    for await (const csv of readCsv(file, wanted)) {
      const read = kind === 'products' ? goodsOf(csv, rules) : saleOf(csv, rules);
      if (isRefusal(read)) refusals.push(read);
      else lines.push(read);
    }
  }
  return { lines, refusals };
};

export const importCommand: Command = {
  name: 'import',
  summary: 'takes products or orders from a list of sales',
  usage,
  run: async (invocation) => {
    const chosen = parseOptions(invocation.args);
    const { lines, refusals } = await readLines(chosen);
    return withPlatform(invocation, async (platform) => {
      const sender = createSender(platform.commands, {
        source: chosen.source,
        run: uuidV7(realClock, realRandom),
        currency: chosen.currency,
        paymentMethod: 'test',
        destinationOf: (customer) => chosen.destination ?? placeOf(customer),
      });
      const take = chosen.kind === 'products' ? importProducts : importOrders;
      const { report, fault } = await take(lines, sender, invocation);
      // Told before anything can go wrong with what follows.
      printReport({ ...report, refusedLines: [...refusals, ...report.refusedLines] }, chosen, invocation);
      if (fault !== undefined) throw fault;
      if (chosen.kind === 'orders') await platform.settled(invocation);
      if (invocation.signal.aborted) return exitCodes.interrupted;
      return report.refused.length > 0 ? exitCodes.failed : exitCodes.ok;
    });
  },
};
