import { useAccount, useSend, type Problem } from '../api';
import { usePages } from '../api/pages';
import { addVariant, createFamily, familiesQuery } from '../families/documents';
import type { ImportCommands } from './import-row';
import {
  changeProductPrice,
  describeProduct,
  discontinueProduct,
  registerProduct,
  reinstateProduct,
  setProductUnit,
  setTaxCategory,
  weighProduct,
} from './mutations';

/** A family costs some 130 of the 5,000 that an operation may cost. */
const FAMILIES_AT_ONCE = 20;

const unread = (error: unknown): Problem => ({
  ...{ code: 'UNREACHABLE', message: error instanceof Error ? error.message : String(error) },
  field: undefined,
});

type Ended = { readonly success: object } | { readonly success?: undefined; readonly problem: Problem };

/** Returns a command that answers with its problem. */
const problemOnly =
  <Input>(send: (input: Input) => Promise<Ended>) =>
  async (input: Input): Promise<Problem | undefined> => {
    const done = await send(input);
    return done.success === undefined ? done.problem : undefined;
  };

/** Returns a function that gives one import its commands. The families of the seller are read when the first one is needed. */
export const useImportCommands = (): (() => ImportCommands<Problem>) => {
  const sellerId = useAccount()?.id;
  const register = useSend(registerProduct);
  const create = useSend(createFamily);
  const families = usePages(familiesQuery, ({ productFamilies }) => productFamilies);
  const add = problemOnly(useSend(addVariant));
  const others = {
    reprice: problemOnly(useSend(changeProductPrice)),
    describe: problemOnly(useSend(describeProduct)),
    setUnit: problemOnly(useSend(setProductUnit)),
    setTaxCategory: problemOnly(useSend(setTaxCategory)),
    weigh: problemOnly(useSend(weighProduct)),
    discontinue: problemOnly(useSend(discontinueProduct)),
    reinstate: problemOnly(useSend(reinstateProduct)),
  };
  return () => {
    let known: Map<string, string> | undefined;
    const knownFamilies = async (): Promise<Map<string, string>> => {
      const found = new Map<string, string>();
      const own = { first: FAMILIES_AT_ONCE, seller: sellerId ?? null };
      for await (const page of families(own)) for (const { id, name } of page) found.set(name, id);
      return found;
    };
    return {
      ...others,
      addVariant: ({ values, ...of }) => add({ ...of, values: [...values] }),
      register: async (input) => {
        const done = await register({ ...input, sellerId });
        if (done.success) return { productId: done.success.product?.id ?? '', isKnown: false };
        const { answer, problem } = done;
        return answer?.__typename === 'ProductAlreadyRegisteredError'
          ? { productId: answer.productId, isKnown: true }
          : { problem };
      },
      family: async (name, options) => {
        try {
          known ??= await knownFamilies();
        } catch (error) {
          return { problem: unread(error) };
        }
        const familyId = known.get(name);
        if (familyId !== undefined) return { familyId };
        const done = await create({
          name,
          options: options.map((option) => ({ name: option.name, values: [...option.values] })),
          sellerId,
        });
        if (!done.success) return { problem: done.problem };
        const created = done.success.family?.id ?? '';
        known.set(name, created);
        return { familyId: created };
      },
    };
  };
};
