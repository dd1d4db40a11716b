import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { ProductEvent } from '../../domain/product';
import type { ProductFamilyEvent } from '../../domain/product-family';
import type { InputOf, UseCaseName } from '../../commands';
import { catalogue } from '../../projections/catalogue';
import { productFamilies } from '../../projections/product-families';
import { importRow, type ImportCommands } from '../../web/seller/import-row';
import { cellsOf, columns, delimiterOf, isRight, productListOf } from '../../web/seller/product-list';
import type { ListedProduct, ListRow } from '../../web/seller/product-list';
import { csvOf, textOfCell } from '../../web/ui/csv';
import { createOrderBench, system } from '../support/commands/order-fixture';
import { projected } from '../support/projections/it-projects';

type Bench = ReturnType<typeof createOrderBench>;

/** Returns an input without the fields that are undefined, as it travels. */
const withoutGaps = (input: object): object => JSON.parse(JSON.stringify(input)) as object;

/** Returns a problem where a command is rejected. */
const problemOf = async <Name extends UseCaseName>(bench: Bench, name: Name, input: object) => {
  const outcome = await bench.send(name, withoutGaps(input) as InputOf<Name>, { as: system });
  return outcome.kind === 'rejected' ? outcome.rejection.code : undefined;
};

const commandsOf = (bench: Bench): ImportCommands<string> => {
  const families = new Map<string, string>();
  return {
    register: async (input) => {
      const outcome = await bench.send('registerProduct', withoutGaps(input) as never, { as: system });
      if (outcome.kind === 'accepted') return { productId: outcome.value.productId, isKnown: false };
      if (outcome.kind !== 'rejected') throw new Error(outcome.kind);
      const { rejection } = outcome;
      return rejection.code === 'PRODUCT_ALREADY_REGISTERED'
        ? { productId: rejection.productId, isKnown: true }
        : { problem: rejection.code };
    },
    reprice: (input) => problemOf(bench, 'changeProductPrice', input),
    describe: (input) => problemOf(bench, 'describeProduct', input),
    setUnit: (input) => problemOf(bench, 'setProductUnit', input),
    setTaxCategory: (input) => problemOf(bench, 'setTaxCategory', input),
    weigh: (input) => problemOf(bench, 'weighProduct', input),
    discontinue: (input) => problemOf(bench, 'discontinueProduct', input),
    reinstate: (input) => problemOf(bench, 'reinstateProduct', input),
    family: async (name, options) => {
      const found = families.get(name);
      if (found !== undefined) return { familyId: found };
      const { familyId } = await bench.demand('createProductFamily', { name, options }, { as: system });
      families.set(name, familyId);
      return { familyId };
    },
    addVariant: (input) => problemOf(bench, 'addProductVariant', input),
  };
};

/** Returns the catalogue of a bench as it is exported. */
const exported = async (bench: Bench): Promise<readonly ListedProduct[]> => {
  const events = await bench.events();
  const of = <Fact>({ handlers }: { readonly handlers: object }): readonly Fact[] =>
    events.filter(({ type }) => Object.hasOwn(handlers, type)) as unknown as readonly Fact[];
  const families = projected(productFamilies, of<ProductFamilyEvent>(productFamilies));
  const products = projected(catalogue, of<ProductEvent>(catalogue) as never);
  return [...products.values()]
    .map((product) => {
      const family = families.get(product.familyId ?? '');
      return {
        ...product,
        regularPrice: product.price,
        family: family ? { name: family.name, options: family.options } : null,
      };
    })
    .sort((one, other) => (one.sku < other.sku ? -1 : 1));
};

const listOf = (products: readonly ListedProduct[]): string => csvOf(columns, products.map(cellsOf));

const rowsOf = (csv: string): readonly ListRow[] => {
  const records = parse(csv, {
    delimiter: delimiterOf(csv),
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const list = productListOf(records.map((fields, line) => ({ line, fields })));
  if (list.kind !== 'list') throw new Error(JSON.stringify(list));
  return list.rows;
};

/** Texts that break files: formulas, quotes, delimiters, marks of options, lines, other scripts. */
const nasty = fc.constantFrom(
  ...['=1+1', "'=1", "''@x", '+', '-2', '\t=1', 'a;b|c:d\\', '\\', '"', ',', 'a\r\nb', "'", '杯子', '🚚'],
);
const line = fc
  .tuple(nasty, fc.string({ maxLength: 12, unit: 'grapheme' }))
  .map((parts) => parts.join('').replaceAll('\0', '').trim())
  .filter((text) => text !== '' && text.length <= 50);
const option = fc.record({
  name: line,
  values: fc.uniqueArray(line, { minLength: 1, maxLength: 3, comparator: (one, other) => one === other }),
});

const product = fc.record({
  ...{ name: line, category: line, description: fc.tuple(nasty, fc.string({ maxLength: 20 })) },
  price: fc.constantFrom(
    { amountMinor: 1, currency: 'GBP' },
    { amountMinor: 1234, currency: 'JPY' },
    {
      ...{ amountMinor: 12_345, currency: 'KWD' },
    },
  ),
  imageUrl: fc.constantFrom(undefined, 'https://pictures.example/a.jpg?x=1,2'),
  unit: fc.option(
    line.filter(({ length }) => length <= 20),
    { nil: undefined },
  ),
  taxCategory: fc.constantFrom('STANDARD', 'REDUCED', 'SUPER_REDUCED', 'ZERO'),
  weightGrams: fc.option(fc.integer({ min: 1, max: 30_000 }), { nil: undefined }),
  isSold: fc.boolean(),
});

it('a text of a cell is the one that was written', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), nasty, (text, start) => {
      for (const each of [text, start + text]) {
        const [[cell = ''] = []] = parse(csvOf([each], []), { relax_column_count: true });
        expect(/^[=+\-@\t\r]/.test(cell)).toBe(false);
        expect(textOfCell(cell)).toBe(each);
      }
    }),
  ));

it('a catalogue is exported, imported into an empty platform, and is the same; importing it again changes nothing', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(product, { minLength: 1, maxLength: 4 }),
      fc.option(fc.record({ name: line, options: fc.array(option, { minLength: 1, maxLength: 2 }) })),
      async (products, family) => {
        const from = createOrderBench();
        const commands = commandsOf(from);
        for (const [index, one] of products.entries()) {
          const { taxCategory, weightGrams, unit, isSold, price } = one;
          const description = one.description.join('').replaceAll('\0', '');
          const words = { name: one.name, category: one.category, description, imageUrl: one.imageUrl };
          const registered = await commands.register({ sku: `'S-${index}`, ...words, price });
          // What the platform refuses is not there to be exported.
          if ('problem' in registered) continue;
          const { productId } = registered;
          await commands.setTaxCategory({ productId, taxCategory });
          if (unit !== undefined) await commands.setUnit({ productId, unit });
          if (weightGrams !== undefined) await commands.weigh({ productId, weightGrams });
          if (!isSold) await commands.discontinue({ productId });
          if (family === null || index > 0) continue;
          const created = await commands.family(family.name, family.options).catch(() => undefined);
          if (created === undefined || 'problem' in created) continue;
          const values = family.options.map(({ values: [first = ''] }) => first);
          await commands.addVariant({ productId, familyId: created.familyId, values });
        }
        const before = await exported(from);
        fc.pre(before.length > 0);
        const rows = rowsOf(listOf(before));
        expect(rows.every(isRight)).toBe(true);

        const to = createOrderBench();
        const target = commandsOf(to);
        for (const row of rows) expect(await importRow(row, target)).toEqual({ kind: 'new' });
        expect(listOf(await exported(to))).toEqual(listOf(before));
        const { length } = await to.events();
        for (const row of rows) expect(await importRow(row, target)).toEqual({ kind: 'changed' });
        expect(await to.events()).toHaveLength(length);
      },
    ),
    { numRuns: 40 },
  ));
