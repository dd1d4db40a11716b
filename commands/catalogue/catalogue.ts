import { z } from 'zod';
import type { AccountId, ProductId, SerialNumber } from '../../domain/kernel';
import {
  product,
  productPicturesMax,
  type KnownProduct,
  type ProductCommand,
  type ProductEvent,
  type ProductRejection,
} from '../../domain/product';
import { productFamily, valuesOfVariant, variantName } from '../../domain/product-family';
import type { Aggregates, CommandContext, Executed } from '../../platform/execution';
import { productId as productIdOf } from '../../platform/ids';
import { demandSeller, type AllowedContext } from '../use-case/authorization';
import { named, ofKind } from '../use-case/fields';
import {
  accountIdSchema,
  imageUrlSchema,
  moneySchema,
  nameSchema,
  pictureIdSchema,
  productIdSchema,
  taxCategorySchema,
  textSchema,
} from '../use-case/input';
import { demandEnabledMerchant, isDisabledMerchant } from '../merchant';
import type { Numbers } from '../numbering';
import { claimPictures, pictureIdsSchema, pictureRejections, picturesReadMax } from './picture';
import { nothing, outcomeOf, rejected, stepOf, type Outcome, type Rejected } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

type RegisterDeps = UseCaseDeps & { readonly numbers: Numbers };
type Nothing = typeof nothing;

const execute = async (
  command: ProductCommand,
  context: CommandContext,
  { aggregates }: UseCaseDeps,
): Promise<Outcome<Nothing, never>> =>
  outcomeOf(await aggregates.of(product).execute(command.productId, command, context), nothing);

/** Permits only those who may change all products, and a seller that is not disabled as a merchant. */
export const demandActiveSeller = async (
  context: AllowedContext,
  sellerId: AccountId | undefined,
  deps: UseCaseDeps,
): Promise<void> => {
  demandSeller(context, sellerId);
  if (!context.forAll && sellerId !== undefined) await demandEnabledMerchant(deps, sellerId);
};

/** Permits only those who may change all products, and the product's seller. The decider checks that the product exists. */
export const demandKeeper = async (
  { productId }: { readonly productId: ProductId },
  context: AllowedContext,
  deps: UseCaseDeps,
): Promise<void> => {
  const state = await deps.aggregates.of(product).load(productId);
  await demandActiveSeller(context, state.status === 'NONE' ? undefined : state.sellerId, deps);
};

/** Series begin at 1, so no product has this number. */
const NO_NUMBER = 0 as SerialNumber;

const register = async (
  facts: Omit<Extract<ProductCommand, { type: 'RegisterProduct' }>, 'type' | 'productId' | 'number' | 'at'>,
  context: CommandContext,
  { aggregates, clock, numbers }: RegisterDeps,
): Promise<Executed<ProductEvent, ProductRejection>> => {
  const productId = productIdOf(facts.sku);
  // A command that is rejected, or repeated, takes no number.
  const known = await aggregates.of(product).load(productId);
  const number = known.status === 'NONE' ? await numbers.next('product') : NO_NUMBER;
  const command = { type: 'RegisterProduct', productId, number, ...facts, at: clock.now() } as const;
  return aggregates.of(product).execute(productId, command, context);
};

const skuSchema = textSchema(100).describe(
  "The seller's own key for the product. A SKU is one product, for ever.",
);
const categorySchema = textSchema(100).describe('The category of the product.');
const priceSchema = moneySchema.describe('The price of one piece.');

const unitSchema = textSchema(20).describe(
  'The unit of one piece, such as `piece`, `kg` or `box`. Empty text removes it.',
);

const description = {
  name: nameSchema.describe('The name of the product.'),
  description: textSchema(10_000).describe('The description of the product.'),
  category: categorySchema,
  imageUrl: imageUrlSchema.describe('The http(s) URL of a picture.').exactOptional(),
};

const describedSchema = named(
  'ProductDescription',
  'The words and the picture of a product.',
  z.object(description),
);

const pictureSchema = named(
  'ProductPicture',
  'An uploaded picture, with words for those who do not see it.',
  z.object({
    pictureId: pictureIdSchema.describe('The ID that the upload answered with.'),
    altEn: textSchema(200).describe('The words that describe the picture, in English.').exactOptional(),
    altZh: textSchema(200).describe('The words that describe the picture, in Chinese.').exactOptional(),
  }),
);

/** Empty words are none. */
const wordsOf = ({ altEn, altZh }: Partial<z.output<typeof pictureSchema>> = {}) => ({
  altEn: altEn || undefined,
  altZh: altZh || undefined,
});

const importInput = z.object({
  sku: skuSchema,
  name: nameSchema.min(1).describe('The name of the product. Unchanged where absent.').exactOptional(),
  category: categorySchema.min(1).describe('The category. Unchanged where absent.').exactOptional(),
  price: priceSchema,
});

const CATEGORY = 'general';

type Imported = { readonly productId: ProductId; readonly change: 'new' | 'changed' | 'unchanged' };

/** Changes price, name and category if the list differs. The description and the picture stay. */
const revise = async (
  { sku, price, ...listed }: z.output<typeof importInput>,
  context: CommandContext,
  deps: UseCaseDeps,
): Promise<Outcome<Imported, 'PRODUCT_NOT_FOUND'>> => {
  const productId = productIdOf(sku);
  const at = deps.clock.now();
  const changePrice = { type: 'ChangeProductPrice', productId, price, at } as const;
  const priced = await execute(changePrice, stepOf(context, 'price'), deps);
  if (priced.kind !== 'accepted') return priced;
  const known = await deps.aggregates.of(product).load(productId);
  if (known.status === 'NONE') return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
  const { name = known.name, category = known.category } = listed;
  const { description: text, imageUrl } = known;
  const words = { name, category, description: text, imageUrl };
  const describe = { type: 'DescribeProduct', productId, ...words, at } as const;
  const described = await execute(describe, stepOf(context, 'description'), deps);
  if (described.kind !== 'accepted') return described;
  const position = described.position ?? priced.position;
  const change = position === undefined ? 'unchanged' : 'changed';
  return { kind: 'accepted', value: { productId, change }, position };
};

export const catalogueUseCases = {
  registerProduct: useCase({
    summary: 'Adds a product to the catalogue. Sellers add products in their own name.',
    allow: { by: 'seller', or: 'product:change' },
    input: z.object({
      sku: skuSchema,
      ...description,
      price: priceSchema,
      sellerId: accountIdSchema
        .describe('The ID of the seller. The shop itself sells the product where absent.')
        .exactOptional(),
    }),
    success: z.object({ productId: productIdSchema }),
    rejections: ['PRODUCT_ALREADY_REGISTERED', 'SKU_EMPTY', 'NAME_EMPTY', 'PRICE_NOT_POSITIVE'],
    handle: async (input, context, deps: RegisterDeps) => {
      await demandActiveSeller(context, input.sellerId, deps);
      return outcomeOf(await register(input, context, deps), { productId: productIdOf(input.sku) });
    },
  }),

  importProduct: useCase({
    summary:
      'Registers a product of a list made elsewhere, or updates its price, name and category. A product that is as the list says is not changed.',
    allow: 'product:import',
    internal: true,
    input: importInput,
    success: z.object({
      productId: productIdSchema,
      change: z.enum(['new', 'changed', 'unchanged']).describe('`new`, `changed` or `unchanged`.'),
    }),
    rejections: ['SKU_EMPTY', 'NAME_EMPTY', 'PRICE_NOT_POSITIVE', 'CURRENCY_CHANGED', 'PRODUCT_NOT_FOUND'],
    handle: async (input, context, deps: RegisterDeps): Promise<Outcome<Imported, 'PRODUCT_NOT_FOUND'>> => {
      const { sku, name = sku, category = CATEGORY, price } = input;
      const executed = await register({ sku, name, category, price, description: '' }, context, deps);
      return executed.kind === 'rejected' && executed.rejection.code === 'PRODUCT_ALREADY_REGISTERED'
        ? revise(input, context, deps)
        : outcomeOf(executed, { productId: productIdOf(sku), change: 'new' });
    },
  }),

  changeProductPrice: useCase({
    summary: 'Changes the price of a product. Carts keep the price that the customer saw.',
    allow: { by: 'seller', or: 'product:change' },
    input: z.object({
      productId: productIdSchema,
      price: priceSchema,
      expectedPrice: moneySchema
        .describe('The price that the caller has seen. The change is rejected if there is another one now.')
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['PRODUCT_NOT_FOUND', 'PRODUCT_CHANGED', 'PRICE_NOT_POSITIVE', 'CURRENCY_CHANGED'],
    handle: async (input, context, deps) => {
      await demandKeeper(input, context, deps);
      return execute({ type: 'ChangeProductPrice', ...input, at: deps.clock.now() }, context, deps);
    },
  }),

  describeProduct: useCase({
    summary: 'Replaces the whole description of a product: a field that is left out is removed.',
    allow: { by: 'seller', or: 'product:change' },
    input: z.object({
      productId: productIdSchema,
      ...description,
      expected: describedSchema
        .describe(
          'The description that the caller has seen. The change is rejected if there is another one now.',
        )
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['PRODUCT_NOT_FOUND', 'PRODUCT_CHANGED', 'NAME_EMPTY'],
    handle: async (input, context, deps) => {
      await demandKeeper(input, context, deps);
      return execute({ type: 'DescribeProduct', ...input, at: deps.clock.now() }, context, deps);
    },
  }),

  discontinueProduct: useCase({
    summary: 'Takes a product off sale. Orders that were placed go on.',
    allow: { by: 'seller', or: 'product:change' },
    input: z.object({ productId: productIdSchema }),
    success: z.object({}),
    rejections: ['PRODUCT_NOT_FOUND'],
    handle: async (input, context, deps) => {
      await demandKeeper(input, context, deps);
      return execute({ type: 'DiscontinueProduct', ...input, at: deps.clock.now() }, context, deps);
    },
  }),

  weighProduct: useCase({
    summary: 'Records the weight of one piece of a product, by which its shipping is charged.',
    allow: { by: 'seller', or: 'product:change' },
    input: z.object({
      productId: productIdSchema,
      weightGrams: ofKind('quantity', z.number()).describe(
        'The weight of one piece with its packing, in grams.',
      ),
      expectedWeightGrams: ofKind('quantity', z.number())
        .describe(
          'The weight that the caller has seen, 0 where there was none. The change is rejected if there is another one now.',
        )
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['PRODUCT_NOT_FOUND', 'PRODUCT_CHANGED', 'WEIGHT_OUT_OF_RANGE'],
    handle: async (input, context, deps) => {
      await demandKeeper(input, context, deps);
      return execute({ type: 'WeighProduct', ...input, at: deps.clock.now() }, context, deps);
    },
  }),

  setProductUnit: useCase({
    summary: 'Sets the unit in which a product is counted and priced.',
    allow: { by: 'seller', or: 'product:change' },
    input: z.object({
      productId: productIdSchema,
      unit: unitSchema,
      expectedUnit: unitSchema
        .describe(
          'The unit that the caller has seen, or an empty text. The change is rejected if there is another one now.',
        )
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['PRODUCT_NOT_FOUND', 'PRODUCT_CHANGED'],
    handle: async (input, context, deps) => {
      await demandKeeper(input, context, deps);
      return execute({ type: 'SetProductUnit', ...input, at: deps.clock.now() }, context, deps);
    },
  }),

  setTaxCategory: useCase({
    summary: 'Sets the category at whose rate a product is taxed. Until then it is the standard one.',
    allow: { by: 'seller', or: 'product:change' },
    input: z.object({
      productId: productIdSchema,
      taxCategory: taxCategorySchema,
      expectedTaxCategory: taxCategorySchema
        .describe(
          'The category that the caller has seen. The change is rejected if there is another one now.',
        )
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['PRODUCT_NOT_FOUND', 'PRODUCT_CHANGED'],
    handle: async (input, context, deps) => {
      await demandKeeper(input, context, deps);
      return execute({ type: 'SetProductTaxCategory', ...input, at: deps.clock.now() }, context, deps);
    },
  }),

  setProductPictures: useCase({
    summary: 'Replaces the pictures of a product: those that are left out are removed from it.',
    allow: { by: 'seller', or: 'product:change' },
    input: z.object({
      productId: productIdSchema,
      pictures: z
        .array(pictureSchema)
        .max(picturesReadMax)
        .describe('The pictures in their order: 8 at most. Lists show the first one.'),
      expectedPictureIds: pictureIdsSchema
        .describe(
          'The pictures that the caller has seen, in their order. The change is rejected if there are others now.',
        )
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['PRODUCT_NOT_FOUND', 'PRODUCT_CHANGED', ...pictureRejections],
    handle: async (input, context, deps) => {
      const { productId, pictures: given, expectedPictureIds: expected } = input;
      await demandKeeper(input, context, deps);
      const at = deps.clock.now();
      if (given.length > productPicturesMax)
        return rejected({ code: 'PICTURES_TOO_MANY', count: given.length, max: productPicturesMax });
      const ids = given.map(({ pictureId }) => pictureId);
      if (ids.length > 0 && (await deps.aggregates.of(product).load(productId)).status === 'NONE')
        return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
      const claimed = await claimPictures(
        { pictureIds: ids, owner: `product:${productId}`, at },
        context,
        deps,
      );
      if (claimed.kind !== 'accepted') return claimed;
      const pictures = claimed.value.map((picture, index) => ({ ...picture, ...wordsOf(given[index]) }));
      return execute({ type: 'SetProductPictures', productId, pictures, expected, at }, context, deps);
    },
  }),

  reinstateProduct: useCase({
    summary: 'Puts a product back on sale.',
    allow: { by: 'seller', or: 'product:change' },
    input: z.object({ productId: productIdSchema }),
    success: z.object({}),
    rejections: ['PRODUCT_NOT_FOUND'],
    handle: async (input, context, deps) => {
      await demandKeeper(input, context, deps);
      return execute({ type: 'ReinstateProduct', ...input, at: deps.clock.now() }, context, deps);
    },
  }),
};

/** Returns the name under which carts and orders have a product: with its values, if it belongs to a family. */
export const soldName = async (
  aggregates: Aggregates,
  productId: ProductId,
  { name, familyId }: Pick<KnownProduct, 'name' | 'familyId'>,
): Promise<string> => {
  if (familyId === undefined) return name;
  return variantName(name, valuesOfVariant(await aggregates.of(productFamily).load(familyId), productId));
};

type Sellable =
  | { readonly kind: 'found'; readonly product: KnownProduct }
  | Rejected<'PRODUCT_NOT_FOUND'>
  | Rejected<'PRODUCT_DISCONTINUED'>;

/** Returns the product with its present price, or a rejection if it is unknown or no longer sold. */
export const sellableProduct = async (aggregates: Aggregates, productId: ProductId): Promise<Sellable> => {
  const state = await aggregates.of(product).load(productId);
  switch (state.status) {
    case 'NONE':
      return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
    case 'DISCONTINUED':
      return rejected({ code: 'PRODUCT_DISCONTINUED', productId });
    case 'ACTIVE':
      if (state.sellerId !== undefined && (await isDisabledMerchant({ aggregates }, state.sellerId)))
        return rejected({ code: 'PRODUCT_DISCONTINUED', productId });
      return { kind: 'found', product: state };
  }
};
