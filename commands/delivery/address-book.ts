import { z } from 'zod';
import { addressBook, type AddressBookCommand } from '../../domain/address-book';
import type { AddressId } from '../../domain/kernel';
import type { CommandContext } from '../../platform/execution';
import { addressId as addressIdOf } from '../../platform/ids';
import { addressIdSchema, callerIdSchema } from '../use-case/input';
import { nothing, outcomeOf } from '../use-case/outcome';
import { addressFields, addressRejections, postalAddressSchema } from './postal-address';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

const accountId = callerIdSchema;

const ofAddress = { accountId, addressId: addressIdSchema };

const executeOnBook = (command: AddressBookCommand, context: CommandContext, { aggregates }: UseCaseDeps) =>
  aggregates.of(addressBook).execute(command.accountId, command, context);

export const addressBookUseCases = {
  addAddress: useCase({
    summary: "Adds an address to the caller's address book. The first one becomes the default address.",
    allow: { by: 'owner', or: 'account:change' },
    input: z.object({ accountId, ...addressFields }),
    success: z.object({ addressId: addressIdSchema }),
    rejections: ['ADDRESS_BOOK_FULL', ...addressRejections],
    handle: async ({ accountId: id, ...address }, context, deps) => {
      const addressId: AddressId = addressIdOf(context.commandId);
      const at = deps.clock.now();
      const command = { type: 'AddAddress', accountId: id, addressId, address, at } as const;
      return outcomeOf(await executeOnBook(command, context, deps), { addressId });
    },
  }),

  changeAddress: useCase({
    summary: "Replaces an address of the caller's address book. A field that is not given is removed.",
    allow: { by: 'owner', or: 'account:change' },
    input: z.object({
      ...ofAddress,
      ...addressFields,
      expected: postalAddressSchema
        .describe('The address as the caller has seen it. The change is rejected if it is another one now.')
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['ADDRESS_NOT_FOUND', 'CHANGED_MEANWHILE', ...addressRejections],
    handle: async ({ accountId: id, addressId, expected, ...address }, context, deps) => {
      const at = deps.clock.now();
      const command = { type: 'ChangeAddress', accountId: id, addressId, address, expected, at } as const;
      return outcomeOf(await executeOnBook(command, context, deps), nothing);
    },
  }),

  removeAddress: useCase({
    summary:
      "Removes an address from the caller's address book. After the default one the oldest becomes the default. An address that is not there is no error.",
    allow: { by: 'owner', or: 'account:change' },
    input: z.object(ofAddress),
    success: z.object({}),
    rejections: [],
    handle: async (input, context, deps) => {
      const command = { type: 'RemoveAddress', ...input, at: deps.clock.now() } as const;
      return outcomeOf(await executeOnBook(command, context, deps), nothing);
    },
  }),

  chooseDefaultAddress: useCase({
    summary: "Makes an address the default one of the caller's address book.",
    allow: { by: 'owner', or: 'account:change' },
    input: z.object(ofAddress),
    success: z.object({}),
    rejections: ['ADDRESS_NOT_FOUND'],
    handle: async (input, context, deps) => {
      const command = { type: 'ChooseDefaultAddress', ...input, at: deps.clock.now() } as const;
      return outcomeOf(await executeOnBook(command, context, deps), nothing);
    },
  }),
};
