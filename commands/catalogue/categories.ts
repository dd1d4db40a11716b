import { z } from 'zod';
import { categories, categoriesId, type CategoriesCommand } from '../../domain/categories';
import type { CommandContext } from '../../platform/execution';
import { categoryId as categoryIdOf } from '../../platform/ids';
import { named } from '../use-case/fields';
import { categoryIdSchema, textSchema } from '../use-case/input';
import { nothing, outcomeOf, type Outcome } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

const words = {
  names: named(
    'CategoryNames',
    'The name of a category in each language of the pages.',
    z.object({
      en: textSchema(100).describe('The name in English.'),
      zh: textSchema(100).describe('The name in Chinese.'),
    }),
  ).describe('The names, by which products may name it, too.'),
  slug: textSchema(60).describe(
    'The name in addresses, by which products name it: lower-case letters, digits and single hyphens.',
  ),
};

const execute = async (
  command: CategoriesCommand,
  context: CommandContext,
  { aggregates }: UseCaseDeps,
): Promise<Outcome<typeof nothing, never>> =>
  outcomeOf(await aggregates.of(categories).execute(categoriesId, command, context), nothing);

export const categoryUseCases = {
  addCategory: useCase({
    summary: 'Adds a category to the tree, as the last one below its parent.',
    allow: 'category:change',
    input: z.object({
      ...words,
      parentId: categoryIdSchema.describe('The category above it. At the root where absent.').exactOptional(),
    }),
    success: z.object({ categoryId: categoryIdSchema }),
    rejections: [
      ...(['CATEGORY_INVALID', 'CATEGORY_NAME_TAKEN', 'CATEGORY_NOT_FOUND'] as const),
      ...(['CATEGORY_TOO_DEEP', 'CATEGORIES_FULL'] as const),
    ],
    handle: async (input, context, deps) => {
      const categoryId = categoryIdOf(context.commandId);
      const command = { type: 'AddCategory', categoryId, ...input, at: deps.clock.now() } as const;
      const executed = await deps.aggregates.of(categories).execute(categoriesId, command, context);
      return outcomeOf(executed, { categoryId });
    },
  }),

  renameCategory: useCase({
    summary:
      'Gives a category other names and another slug. Products that name it by what it was called stand at the root.',
    allow: 'category:change',
    input: z.object({
      categoryId: categoryIdSchema,
      ...words,
      expected: named('CategoryWords', 'The names and the slug of a category.', z.object(words))
        .describe('The words as the caller has seen them. The change is rejected if they are others now.')
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['CATEGORY_NOT_FOUND', 'CHANGED_MEANWHILE', 'CATEGORY_INVALID', 'CATEGORY_NAME_TAKEN'],
    handle: (input, context, deps) =>
      execute({ type: 'RenameCategory', ...input, at: deps.clock.now() }, context, deps),
  }),

  moveCategory: useCase({
    summary:
      'Moves a category, with all that are below it, to another parent or another place among its siblings.',
    allow: 'category:change',
    input: z.object({
      categoryId: categoryIdSchema,
      parentId: categoryIdSchema.describe('The category above it. To the root where absent.').exactOptional(),
      beforeId: categoryIdSchema
        .describe('The sibling before which it is to stand. As the last one where absent.')
        .exactOptional(),
      expected: named(
        'CategoryPlace',
        'The place of a category in the tree.',
        z.object({
          parentId: categoryIdSchema
            .describe('The category above it. At the root where absent.')
            .exactOptional(),
        }),
      )
        .describe(
          'The place as the caller has seen it. The change is rejected if it is below another one now.',
        )
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: [
      ...(['CATEGORY_NOT_FOUND', 'CHANGED_MEANWHILE', 'CATEGORY_CYCLE'] as const),
      ...(['CATEGORY_NOT_SIBLING', 'CATEGORY_TOO_DEEP'] as const),
    ],
    handle: (input, context, deps) =>
      execute({ type: 'MoveCategory', ...input, at: deps.clock.now() }, context, deps),
  }),

  retireCategory: useCase({
    summary:
      'Takes a category out of the tree. Products that name it stand at the root. Nothing happens where it is not in the tree.',
    allow: 'category:change',
    input: z.object({ categoryId: categoryIdSchema }),
    success: z.object({}),
    rejections: ['CATEGORY_HAS_CHILDREN'],
    handle: (input, context, deps) =>
      execute({ type: 'RetireCategory', ...input, at: deps.clock.now() }, context, deps),
  }),
};
