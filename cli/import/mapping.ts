import { UsageError } from '../command';

/** What the importer wants to know of a line of sales. */
export const salesFields = [
  'reference',
  'sku',
  'name',
  'quantity',
  'date',
  'price',
  'customer',
  'category',
] as const;
export type SalesField = (typeof salesFields)[number];

/** Which column of the file holds which field. */
export type Mapping = Readonly<Partial<Record<SalesField, string>>>;

/** The columns of the UCI "Online Retail" list, a common shape of sales exports. */
export const defaultMapping: Mapping = {
  reference: 'InvoiceNo',
  sku: 'StockCode',
  name: 'Description',
  quantity: 'Quantity',
  date: 'InvoiceDate',
  price: 'UnitPrice',
  customer: 'CustomerID',
};

const isField = (name: string): name is SalesField => (salesFields as readonly string[]).includes(name);

/** @param words - each `field=Column`, several in one word with commas. What is not named keeps its default. */
export const parseMapping = (words: readonly string[]): Mapping => {
  const pairs = words
    .flatMap((word) => word.split(','))
    .map((pair) => {
      const [field = '', column = ''] = pair.split('=', 2);
      if (!isField(field) || column === '') {
        throw new UsageError(
          `--map takes field=Column, with the fields ${salesFields.join(', ')}; not "${pair}".`,
        );
      }
      return [field, column] as const;
    });
  return { ...defaultMapping, ...Object.fromEntries(pairs) };
};
