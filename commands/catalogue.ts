import { z } from 'zod';
import type { ProductId, SerialNumber } from '../domain/kernel';
import { product, type KnownProduct } from '../domain/product';
import type { Aggregates, CommandContext } from '../platform/execution';
import { productId as productIdOf } from '../platform/ids';
import { demandSeller, demandStaff } from './authorization';
import {
  accountIdSchema,
  imageUrlSchema,
  moneySchema,
  nameSchema,
  parse,
  productIdSchema,
  textSchema,
} from './input';
import type { Numbers } from './numbering';
import { nothing, outcomeOf, rejected, stepOf } from './outcome';
import type { Outcome, SuccessOf } from './port';
import type { UseCaseDeps, UseCaseOf } from './use-case';

/** Lets only staff and the product's seller pass; that the product exists is the decider's to check. */
const demandKeeper = async (
  aggregates: Aggregates,
  productId: ProductId,
  context: CommandContext,
): Promise<void> => {
  const state = await aggregates.load(product, productId);
  demandSeller(context, state.status === 'NONE' ? undefined : state.sellerId);
};

const changeProductPriceSchema = z.object({ productId: productIdSchema, price: moneySchema });

/** Carts keep the price that was seen; who orders at an older one is told so. */
export const changeProductPrice =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'changeProductPrice'> =>
  async (input, context) => {
    const { productId, price } = parse(changeProductPriceSchema, input);
    await demandKeeper(aggregates, productId, context);
    const executed = await aggregates.execute(
      product,
      productId,
      { type: 'ChangeProductPrice', productId, price, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };

const describeProductSchema = z.object({
  productId: productIdSchema,
  name: nameSchema,
  description: textSchema(10_000),
  category: textSchema(100),
  imageUrl: imageUrlSchema.optional(),
});

/** Replaces the whole description: what is left out is gone. */
export const describeProduct =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'describeProduct'> =>
  async (input, context) => {
    const { productId, imageUrl, ...words } = parse(describeProductSchema, input);
    await demandKeeper(aggregates, productId, context);
    const executed = await aggregates.execute(
      product,
      productId,
      {
        type: 'DescribeProduct',
        productId,
        ...words,
        ...(imageUrl === undefined ? {} : { imageUrl }),
        at: clock.now(),
      },
      context,
    );
    return outcomeOf(executed, nothing);
  };

const discontinueProductSchema = z.object({ productId: productIdSchema });

/** Sold no more; orders that were placed go on. */
export const discontinueProduct =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'discontinueProduct'> =>
  async (input, context) => {
    const { productId } = parse(discontinueProductSchema, input);
    await demandKeeper(aggregates, productId, context);
    const executed = await aggregates.execute(
      product,
      productId,
      { type: 'DiscontinueProduct', productId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };

const registerProductSchema = z.object({
  sku: textSchema(100),
  name: nameSchema,
  description: textSchema(10_000),
  category: textSchema(100),
  price: moneySchema,
  imageUrl: imageUrlSchema.optional(),
  sellerId: accountIdSchema.optional(),
});

/** Series begin at 1, so no product has it. */
const NO_NUMBER = 0 as SerialNumber;

/** Puts a product into the catalogue. A SKU is one product, for ever. */
export const registerProduct =
  ({
    aggregates,
    clock,
    numbers,
  }: UseCaseDeps & { readonly numbers: Numbers }): UseCaseOf<'registerProduct'> =>
  async (input, context) => {
    const { imageUrl, sellerId, ...facts } = parse(registerProductSchema, input);
    demandSeller(context, sellerId);
    const productId = productIdOf(facts.sku);
    // What will be refused, or answered as a repeat, takes no number for nothing.
    const known = await aggregates.load(product, productId);
    const number = known.status === 'NONE' ? await numbers.next('product') : NO_NUMBER;
    const executed = await aggregates.execute(
      product,
      productId,
      {
        type: 'RegisterProduct',
        productId,
        number,
        ...facts,
        ...(imageUrl === undefined ? {} : { imageUrl }),
        ...(sellerId === undefined ? {} : { sellerId }),
        at: clock.now(),
      },
      context,
    );
    return outcomeOf(executed, { productId });
  };

const importProductSchema = z.object({
  sku: textSchema(100),
  name: nameSchema.min(1).optional(),
  category: textSchema(100).min(1).optional(),
  price: moneySchema,
});

const CATEGORY = 'general';

/** Changes what the list says otherwise; what it does not tell, description and picture among it, stays. */
const revise = async (
  deps: UseCaseDeps,
  { sku, price, ...told }: z.infer<typeof importProductSchema>,
  context: CommandContext,
): Promise<Outcome<SuccessOf<'importProduct'>>> => {
  const productId = productIdOf(sku);
  const priced = await changeProductPrice(deps)({ productId, price }, stepOf(context, 'price'));
  if (priced.kind !== 'accepted') return priced;
  const known = await deps.aggregates.load(product, productId);
  if (known.status === 'NONE') return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
  const { name = known.name, category = known.category } = told;
  const { description, imageUrl } = known;
  const words = { name, category, description, ...(imageUrl === undefined ? {} : { imageUrl }) };
  const described = await describeProduct(deps)({ productId, ...words }, stepOf(context, 'description'));
  if (described.kind !== 'accepted') return described;
  const position = described.position ?? priced.position;
  return position === undefined
    ? { kind: 'accepted', value: { productId, change: 'unchanged' } }
    : { kind: 'accepted', value: { productId, change: 'changed' }, position };
};

/**
 * Brings the catalogue up to what a list says of a product: registers it, or changes its price, name and category. What is so
 * already makes no event, so a list may be imported under new command ids as often as one likes.
 */
export const importProduct =
  (deps: UseCaseDeps & { readonly numbers: Numbers }): UseCaseOf<'importProduct'> =>
  async (input, context) => {
    const listed = parse(importProductSchema, input);
    demandStaff(context);
    const { sku, name = sku, category = CATEGORY, price } = listed;
    const facts = { sku, name, category, price, description: '' };
    const registered = await registerProduct(deps)(facts, context);
    if (registered.kind === 'accepted')
      return { ...registered, value: { ...registered.value, change: 'new' } };
    return registered.kind === 'rejected' && registered.rejection.code === 'PRODUCT_ALREADY_REGISTERED'
      ? revise(deps, listed, context)
      : registered;
  };

const reinstateProductSchema = z.object({ productId: productIdSchema });

/** Sold again. */
export const reinstateProduct =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'reinstateProduct'> =>
  async (input, context) => {
    const { productId } = parse(reinstateProductSchema, input);
    await demandKeeper(aggregates, productId, context);
    const executed = await aggregates.execute(
      product,
      productId,
      { type: 'ReinstateProduct', productId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };

type Found = { readonly kind: 'found'; readonly product: KnownProduct } | ReturnType<typeof rejected>;

/** The product as it is sold today; refused where it is unknown or not sold any more. */
export const sellableProduct = async (aggregates: Aggregates, productId: ProductId): Promise<Found> => {
  const state = await aggregates.load(product, productId);
  switch (state.status) {
    case 'NONE':
      return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
    case 'DISCONTINUED':
      return rejected({ code: 'PRODUCT_DISCONTINUED', productId });
    case 'ACTIVE':
      return { kind: 'found', product: state };
  }
};
