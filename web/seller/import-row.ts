import { moneyOf } from '../ui/money';
import { optionsIn, valuesIn, type ListedOption } from './option-cells';
import { taxCategories, type ListRow, type TaxCategory } from './product-list';

type Money = NonNullable<ReturnType<typeof moneyOf>>;
type Words = {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly imageUrl: string | undefined;
};
type OfProduct = { readonly productId: string };

/** The commands of an import. Each returns the problem that kept it from being done. */
export type ImportCommands<Problem> = {
  /** Returns the product of the SKU, which may be known already. */
  readonly register: (
    input: Words & { readonly sku: string; readonly price: Money },
  ) => Promise<{ readonly productId: string; readonly isKnown: boolean } | { readonly problem: Problem }>;
  readonly reprice: (input: OfProduct & { readonly price: Money }) => Promise<Problem | undefined>;
  readonly describe: (input: OfProduct & Words) => Promise<Problem | undefined>;
  readonly setUnit: (input: OfProduct & { readonly unit: string }) => Promise<Problem | undefined>;
  readonly setTaxCategory: (
    input: OfProduct & { readonly taxCategory: TaxCategory },
  ) => Promise<Problem | undefined>;
  readonly weigh: (input: OfProduct & { readonly weightGrams: number }) => Promise<Problem | undefined>;
  readonly discontinue: (input: OfProduct) => Promise<Problem | undefined>;
  readonly reinstate: (input: OfProduct) => Promise<Problem | undefined>;
  /** Returns the family of this name, which is created with these options where there is none. */
  readonly family: (
    name: string,
    options: readonly ListedOption[],
  ) => Promise<{ readonly familyId: string } | { readonly problem: Problem }>;
  readonly addVariant: (
    input: OfProduct & { readonly familyId: string; readonly values: readonly string[] },
  ) => Promise<Problem | undefined>;
};

export type Imported<Problem> =
  { readonly kind: 'new' | 'changed' } | { readonly kind: 'failed'; readonly problem: Problem };

const enterFamily = async <Problem>(
  productId: string,
  { family, options, values }: ListRow['cells'],
  commands: ImportCommands<Problem>,
): Promise<Problem | undefined> => {
  const found = await commands.family(family, optionsIn(options) ?? []);
  if ('problem' in found) return found.problem;
  return commands.addVariant({ productId, familyId: found.familyId, values: valuesIn(values) });
};

/** Imports a row: an unknown product is registered, a known one changed. An empty cell of an optional fact changes nothing. */
export const importRow = async <Problem>(
  { cells }: ListRow,
  commands: ImportCommands<Problem>,
): Promise<Imported<Problem>> => {
  const { sku, name, description, category, unit, tax_category, weight_grams, on_sale, family } = cells;
  const price = moneyOf(cells.price, cells.currency);
  if (price === undefined) throw new Error('Only rows without problems are imported');
  const words = { name, description, category, imageUrl: cells.image_url || undefined };
  const registered = await commands.register({ sku, ...words, price });
  if ('problem' in registered) return { kind: 'failed', problem: registered.problem };
  const { productId, isKnown } = registered;
  const taxCategory = taxCategories.find((one) => one === tax_category.toUpperCase());
  const steps: readonly (false | (() => Promise<Problem | undefined>))[] = [
    isKnown && (() => commands.reprice({ productId, price })),
    isKnown && (() => commands.describe({ productId, ...words })),
    unit !== '' && (() => commands.setUnit({ productId, unit })),
    taxCategory !== undefined && (() => commands.setTaxCategory({ productId, taxCategory })),
    weight_grams !== '' && (() => commands.weigh({ productId, weightGrams: Number(weight_grams) })),
    on_sale === 'no' && (() => commands.discontinue({ productId })),
    isKnown && on_sale === 'yes' && (() => commands.reinstate({ productId })),
    family !== '' && (() => enterFamily(productId, cells, commands)),
  ];
  for (const step of steps) {
    const problem = step === false ? undefined : await step();
    if (problem !== undefined) return { kind: 'failed', problem };
  }
  return { kind: isKnown ? 'changed' : 'new' };
};
