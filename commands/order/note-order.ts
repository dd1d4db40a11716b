import { z } from 'zod';
import type { AccountId } from '../../domain/kernel';
import { order, spellingOfTag, type OrderCommand } from '../../domain/order';
import { noteId } from '../../platform/ids';
import type { AllowedContext } from '../use-case/authorization';
import { ofKind } from '../use-case/fields';
import { orderIdSchema, textSchema } from '../use-case/input';
import { nothing, outcomeOf } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

const NOTE_LENGTH_MAX = 2_000;
const TAG_LENGTH_MAX = 40;
const TAG = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u;

/** A tag in its one spelling, so that a list by a tag has every order that staff gave it to. */
export const tagSchema = ofKind(
  'text',
  textSchema(TAG_LENGTH_MAX)
    .transform(spellingOfTag)
    .pipe(z.string().regex(TAG, 'not a tag: give letters, digits, spaces and ._- after a letter or a digit'))
    .describe(
      'The tag: letters, digits, spaces and ._- after a letter or digit. Capitals count as small letters.',
    ),
);

const tagged = z.object({ orderId: orderIdSchema, tag: tagSchema });

const execute = async (
  command: OrderCommand,
  context: AllowedContext,
  { aggregates }: Pick<UseCaseDeps, 'aggregates'>,
) => outcomeOf(await aggregates.of(order).execute(command.orderId, command, context), nothing);

/** Returns the fields of a command that a member of staff sends. */
export const byStaff = ({ principal }: AllowedContext, { clock }: Pick<UseCaseDeps, 'clock'>) => ({
  by: principal.id as AccountId,
  at: clock.now(),
});

export const noteUseCases = {
  addOrderNote: useCase({
    summary: 'Adds an internal note to an order. Customers and sellers never see it.',
    allow: 'order:note',
    input: z.object({
      orderId: orderIdSchema,
      text: textSchema(NOTE_LENGTH_MAX).min(1).describe('The note.'),
    }),
    success: z.object({}),
    rejections: ['ORDER_NOT_FOUND', 'ORDER_NOTES_FULL'],
    handle: (input, context, deps) =>
      execute(
        { type: 'AddOrderNote', ...input, noteId: noteId(context.commandId), ...byStaff(context, deps) },
        context,
        deps,
      ),
  }),

  tagOrder: useCase({
    summary: 'Gives an order a tag, by which staff find it. Customers and sellers never see it.',
    allow: 'order:note',
    input: tagged,
    success: z.object({}),
    rejections: ['ORDER_NOT_FOUND', 'ORDER_TAGS_FULL'],
    handle: (input, context, deps) =>
      execute({ type: 'TagOrder', ...input, ...byStaff(context, deps) }, context, deps),
  }),

  untagOrder: useCase({
    summary: 'Removes a tag from an order.',
    allow: 'order:note',
    input: tagged,
    success: z.object({}),
    rejections: ['ORDER_NOT_FOUND'],
    handle: (input, context, deps) =>
      execute({ type: 'UntagOrder', ...input, ...byStaff(context, deps) }, context, deps),
  }),
};
