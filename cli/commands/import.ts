import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Place } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import { uuidV5 } from '../../platform/identity';
import { exitCodes, UsageError, type Command, type Invocation } from '../command';
import { parseMapping, type Mapping } from '../import/mapping';
import { planOrders, planProducts } from '../import/plan';
import { readCsv } from '../import/read-csv';
import {
  goodsOf,
  isRefusal,
  saleOf,
  type LineRules,
  type Refusal,
  type SalesLine,
} from '../import/sales-line';
import { createSender, sendAll, type Refused, type Sender } from '../import/send';
import { bar } from '../terminal';
import { withPlatform } from '../composition/with-platform';

const usage = `Usage: waybill import products FILE [options]
       waybill import orders FILE [options]

Reads a list of sales (CSV with a header row). "products" takes each product once, with its latest price; "orders" makes one
order an invoice, for the customer who made it, pays it, and turns cancelling lines (negative quantities) into refunds of the
order that they undo. What can't be taken is told line by line on standard output, and why. Running it again changes nothing.

It goes to the Waybill that runs on the data directory; where none runs, one runs for as long as the import takes, until the
last order has arrived.

Options
  --map FIELD=COLUMN     which column holds reference, sku, name, quantity, date, price, customer, category (repeatable)
  --source NAME          the list's name, part of every id (default: the file's name)
  --currency CODE        of the prices (default: GBP)
  --minor-digits N       digits of the currency's minor unit (default: 2)
  --goods PATTERN        what a goods code looks like (default: ^\\d{5})
  --destination X,Y      where the parcels go (default: a place of its own for each customer)
  --json                 the report as JSON`;

type Options = {
  readonly kind: 'products' | 'orders';
  readonly file: string;
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

const parseOptions = (args: readonly string[]): Options => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [kind, file, ...more] = positionals;
  if ((kind !== 'products' && kind !== 'orders') || file === undefined || more.length > 0) {
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
    file,
    mapping,
    rules: { mapping, goods: parsePattern(values.goods), minorDigits },
    source: (values.source ?? basename(file).replace(/\.[^.]*$/, ''))
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

const readLines = async ({ file, mapping, rules, kind }: Options) => {
  const wanted = Object.values(mapping);
  const lines: SalesLine[] = [];
  const refusals: Refusal[] = [];
  for await (const csv of readCsv(file, wanted)) {
    const read = kind === 'products' ? goodsOf(csv, rules) : saleOf(csv, rules);
    if (isRefusal(read)) refusals.push(read);
    else lines.push(read);
  }
  return { lines, refusals };
};

/** What came of it: how many were taken, and what was not and why. */
type Report = {
  readonly taken: Readonly<Record<string, number>>;
  readonly refusedLines: readonly Refusal[];
  readonly refused: readonly Refused[];
};

type Sending = { readonly sender: Sender; readonly invocation: Invocation };

const WIDTH = 32;

const sendKind = async <Item>(
  noun: string,
  items: readonly Item[],
  send: (item: Item) => Promise<Refused | undefined>,
  { terminal, signal }: Invocation,
): Promise<readonly Refused[]> => {
  const refused = await sendAll(items, send, {
    width: WIDTH,
    signal,
    onProgress: (done) => terminal.progress(bar(done, items.length, noun)),
  });
  terminal.err(`${items.length - refused.length} of ${items.length} ${noun} taken.`);
  return refused;
};

const importProducts = async (
  lines: readonly SalesLine[],
  { sender, invocation }: Sending,
): Promise<Report> => {
  const products = planProducts(lines);
  const refused = await sendKind('products', products, (product) => sender.product(product), invocation);
  return { taken: { products: products.length - refused.length }, refusedLines: [], refused };
};

const importOrders = async (
  lines: readonly SalesLine[],
  { sender, invocation }: Sending,
): Promise<Report> => {
  const { orders, refunds, refusals } = planOrders(lines);
  const refusedOrders = await sendKind('orders', orders, (order) => sender.order(order), invocation);
  const refusedRefunds = await sendKind('refunds', refunds, (refund) => sender.refund(refund), invocation);
  return {
    taken: { orders: orders.length - refusedOrders.length, refunds: refunds.length - refusedRefunds.length },
    refusedLines: refusals,
    refused: [...refusedOrders, ...refusedRefunds],
  };
};

const print = ({ taken, refusedLines, refused }: Report, json: boolean, { terminal }: Invocation): void => {
  if (json) return terminal.out(JSON.stringify({ taken, refusedLines, refused }, null, 2));
  refusedLines.forEach(({ line, code, reason }) => terminal.out(`line ${line}: ${code}: ${reason}`));
  refused.forEach(({ reference, code, reason }) => terminal.out(`${reference}: ${code}: ${reason}`));
  terminal.err(
    `${refusedLines.length} lines not taken${refused.length > 0 ? `, ${refused.length} refused` : ''}.`,
  );
};

export const importCommand: Command = {
  name: 'import',
  summary: 'takes products or orders from a list of sales',
  usage,
  run: async (invocation) => {
    const chosen = parseOptions(invocation.args);
    const { lines, refusals } = await readLines(chosen);
    const report = await withPlatform(invocation, async (platform) => {
      const sender = createSender(platform.commands, {
        source: chosen.source,
        currency: chosen.currency,
        paymentMethod: 'test',
        destinationOf: (customer) => chosen.destination ?? placeOf(customer),
      });
      const sending = { sender, invocation };
      const made = await (chosen.kind === 'products'
        ? importProducts(lines, sending)
        : importOrders(lines, sending));
      await platform.settled(invocation);
      return made;
    });
    const refusedLines = [...refusals, ...report.refusedLines].sort((a, b) => a.line - b.line);
    print({ ...report, refusedLines }, chosen.json, invocation);
    return report.refused.length > 0 ? exitCodes.failed : exitCodes.ok;
  },
};
