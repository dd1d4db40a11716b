import { z } from 'zod';
import {
  productFamily,
  type KnownFamily,
  type ProductFamilyCommand,
  type ProductFamilyEvent,
  type ProductFamilyRejection,
} from '../../domain/product-family';
import type { ProductFamilyId } from '../../domain/kernel';
import { product, type ProductEvent } from '../../domain/product';
import type { CommandContext, Executed } from '../../platform/execution';
import { productFamilyId as productFamilyIdOf } from '../../platform/ids';
import type { AllowedContext } from '../use-case/authorization';
import { demandActiveSeller } from '../catalogue/catalogue';
import { named } from '../use-case/fields';
import {
  accountIdSchema,
  nameSchema,
  productFamilyIdSchema,
  productIdSchema,
  textSchema,
} from '../use-case/input';
import { notAccepted, nothing, outcomeOf, rejected, stepOf, type Rejected } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';
import { endMembership, enterFamily, leaveRetired } from './membership';

/** Far above what a family may have. The domain rejects a wrong number, with the figures. */
const LISTED_MAX = 200;
const optionText = textSchema(50);

const familyName = nameSchema.describe('The name of the family.');
const optionName = optionText.describe('The name of the option, such as `Size`.');

const option = named(
  'FamilyOption',
  'An option of a product family, with its values.',
  z.object({
    name: optionName,
    values: z
      .array(optionText)
      .max(LISTED_MAX)
      .readonly()
      .describe('The values in their order, such as `S`, `M` and `L`: 1 to 50.'),
  }),
);

const describedOption = named(
  'DescribedOption',
  'An option of a product family as it is to be.',
  z.object({
    name: optionName,
    values: z
      .array(
        named(
          'DescribedValue',
          'A value of an option as it is to be.',
          z.object({
            value: optionText.describe('The value.'),
            was: optionText
              .describe('The present text of the value, which is replaced. Absent where it stays, or is new.')
              .exactOptional(),
          }),
        ),
      )
      .max(LISTED_MAX)
      .readonly()
      .describe('The values in their order: 1 to 50.'),
  }),
);

const valuesSchema = z
  .array(optionText)
  .max(LISTED_MAX)
  .readonly()
  .describe('A value of each option, in the order of the options.');

const execute = (
  command: ProductFamilyCommand,
  context: CommandContext,
  { aggregates }: UseCaseDeps,
): Promise<Executed<ProductFamilyEvent, ProductFamilyRejection>> =>
  aggregates.of(productFamily).execute(command.familyId, command, context);

/** Returns the family, if the caller is its seller or may change all products. */
const ownFamily = async (
  familyId: ProductFamilyId,
  context: AllowedContext,
  deps: UseCaseDeps,
): Promise<
  { readonly kind: 'found'; readonly family: KnownFamily } | Rejected<'PRODUCT_FAMILY_NOT_FOUND'>
> => {
  const family = await deps.aggregates.of(productFamily).load(familyId);
  await demandActiveSeller(context, family.status === 'NONE' ? undefined : family.sellerId, deps);
  return family.status === 'NONE'
    ? rejected({ code: 'PRODUCT_FAMILY_NOT_FOUND', familyId })
    : { kind: 'found', family };
};

/** Returns the claim that a product has made, or ended. */
const claimIn = (events: readonly ProductEvent[]): number | undefined => {
  const [event] = events;
  return event?.type === 'ProductJoinedFamily' || event?.type === 'ProductLeftFamily'
    ? event.data.claim
    : undefined;
};

const invalid = ['PRODUCT_FAMILY_INVALID', 'OPTIONS_OUT_OF_RANGE'] as const;
const ofValues = ['OPTIONS_OUT_OF_RANGE', 'OPTION_VALUE_UNKNOWN', 'VARIANT_COMBINATION_TAKEN'] as const;
const allow = { by: 'seller', or: 'product:change' } as const;

export const productFamilyUseCases = {
  createProductFamily: useCase({
    summary:
      'Creates a family of products that differ in the values of some options. Sellers create families of their own products.',
    allow,
    input: z.object({
      name: familyName,
      options: z.array(option).max(LISTED_MAX).readonly().describe('The options in their order: 1 to 3.'),
      sellerId: accountIdSchema
        .describe('The ID of the seller. The shop itself sells the products where absent.')
        .exactOptional(),
    }),
    success: z.object({ familyId: productFamilyIdSchema }),
    rejections: invalid,
    handle: async (input, context, deps) => {
      await demandActiveSeller(context, input.sellerId, deps);
      const familyId = productFamilyIdOf(context.commandId);
      const command = { type: 'CreateProductFamily', familyId, ...input, at: deps.clock.now() } as const;
      return outcomeOf(await execute(command, context, deps), { familyId });
    },
  }),

  describeProductFamily: useCase({
    summary:
      'Replaces the name, the options and the values of a family. Its products keep their values, under their new texts. Options keep their number and their order while the family has products.',
    allow,
    input: z.object({
      familyId: productFamilyIdSchema,
      name: familyName,
      options: z
        .array(describedOption)
        .max(LISTED_MAX)
        .readonly()
        .describe('The options in their order: 1 to 3.'),
      expected: named(
        'FamilyDescription',
        'The name and the options of a product family.',
        z.object({
          name: familyName,
          options: z.array(option).max(LISTED_MAX).readonly().describe('The options in their order.'),
        }),
      )
        .describe('The family as the caller has seen it. The change is rejected if it is another one now.')
        .exactOptional(),
    }),
    success: z.object({ familyId: productFamilyIdSchema }),
    rejections: ['PRODUCT_FAMILY_NOT_FOUND', 'CHANGED_MEANWHILE', ...invalid, 'OPTION_VALUE_IN_USE'],
    handle: async (input, context, deps) => {
      const { familyId } = input;
      const own = await ownFamily(familyId, context, deps);
      if (own.kind === 'rejected') return own;
      const command = { type: 'DescribeProductFamily', ...input, at: deps.clock.now() } as const;
      return outcomeOf(await execute(command, context, deps), { familyId });
    },
  }),

  addProductVariant: useCase({
    summary:
      'Adds a product of the same seller to a family. It stays a product with its own SKU, price, stock and picture. A product belongs to one family, and a family has each combination of values once.',
    allow,
    input: z.object({
      familyId: productFamilyIdSchema,
      productId: productIdSchema,
      values: valuesSchema,
    }),
    success: z.object({ familyId: productFamilyIdSchema, productId: productIdSchema }),
    rejections: [
      'PRODUCT_FAMILY_NOT_FOUND',
      'PRODUCT_NOT_FOUND',
      'PRODUCT_OF_ANOTHER_SELLER',
      'PRODUCT_IN_ANOTHER_FAMILY',
      ...ofValues,
      'VARIANT_ALREADY_ADDED',
      'VARIANTS_FULL',
    ],
    handle: async (input, context, deps) => {
      const { familyId, productId, values } = input;
      const own = await ownFamily(familyId, context, deps);
      if (own.kind === 'rejected') return own;
      const products = deps.aggregates.of(product);
      const known = await products.load(productId);
      if (known.status === 'NONE') return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
      if (known.sellerId !== own.family.sellerId)
        return rejected({ code: 'PRODUCT_OF_ANOTHER_SELLER', productId });
      const at = deps.clock.now();
      const claim = (known.claim ?? 0) + (known.familyId === familyId ? 0 : 1);
      // What the family rejects anyway does not claim the product.
      const add = { type: 'AddVariant', ...input, claim, at } as const;
      const checked = productFamily.decide(add, own.family);
      if (!checked.ok) return notAccepted({ kind: 'rejected', rejection: checked.rejection });
      const join = { type: 'JoinFamily', ...input, at } as const;
      // With the claim in its id, because a repeat after the product has left must let it join again.
      const joined = await products.execute(productId, join, stepOf(context, `join ${claim}`));
      if (joined.kind !== 'accepted') return notAccepted(joined);
      const membership = { familyId, productId, claim: claimIn(joined.events) ?? claim };
      return outcomeOf(await enterFamily(deps, { ...membership, values }, context), { familyId, productId });
    },
  }),

  changeProductVariant: useCase({
    summary: 'Gives a product of a family other values.',
    allow,
    input: z.object({
      familyId: productFamilyIdSchema,
      productId: productIdSchema,
      values: valuesSchema,
      expected: valuesSchema
        .describe('The values that the caller has seen. The change is rejected if they are others now.')
        .exactOptional(),
    }),
    success: z.object({ familyId: productFamilyIdSchema, productId: productIdSchema }),
    rejections: ['PRODUCT_FAMILY_NOT_FOUND', 'VARIANT_NOT_FOUND', 'CHANGED_MEANWHILE', ...ofValues],
    handle: async (input, context, deps) => {
      const { familyId, productId } = input;
      const own = await ownFamily(familyId, context, deps);
      if (own.kind === 'rejected') return own;
      const command = { type: 'ChangeVariant', ...input, at: deps.clock.now() } as const;
      return outcomeOf(await execute(command, context, deps), { familyId, productId });
    },
  }),

  removeProductVariant: useCase({
    summary:
      'Removes a product from a family. It is sold on without one. Nothing happens where it does not belong to the family.',
    allow,
    input: z.object({ familyId: productFamilyIdSchema, productId: productIdSchema }),
    success: z.object({ familyId: productFamilyIdSchema, productId: productIdSchema }),
    rejections: ['PRODUCT_FAMILY_NOT_FOUND', 'PRODUCT_NOT_FOUND'],
    handle: async ({ familyId, productId }, context, deps) => {
      const own = await ownFamily(familyId, context, deps);
      if (own.kind === 'rejected') return own;
      const products = deps.aggregates.of(product);
      const known = await products.load(productId);
      if (known.status === 'NONE') return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
      const value = { familyId, productId };
      const leave = { type: 'LeaveFamily', familyId, productId, at: deps.clock.now() } as const;
      const left = await products.execute(productId, leave, stepOf(context, `leave ${known.claim ?? 0}`));
      if (left.kind !== 'accepted') return notAccepted(left);
      const claim = claimIn(left.events);
      // Without an event the product was not in the family, or its last claim is being ended.
      if (claim === undefined) return { kind: 'accepted', value, position: left.position };
      return outcomeOf(await endMembership(deps, { familyId, productId, claim }, context), value);
    },
  }),

  retireProductFamily: useCase({
    summary: 'Ends a family for good. Its products are sold on without it.',
    allow,
    input: z.object({ familyId: productFamilyIdSchema }),
    success: z.object({}),
    rejections: ['PRODUCT_FAMILY_NOT_FOUND'],
    handle: async ({ familyId }, context, deps) => {
      const own = await ownFamily(familyId, context, deps);
      if (own.kind === 'rejected') return own;
      const command = { type: 'RetireProductFamily', familyId, at: deps.clock.now() } as const;
      const retired = await execute(command, context, deps);
      if (retired.kind === 'accepted') {
        for (const event of retired.events)
          if (event.type === 'ProductFamilyRetired') await leaveRetired(deps, event.data, context);
      }
      return outcomeOf(retired, nothing);
    },
  }),
};
