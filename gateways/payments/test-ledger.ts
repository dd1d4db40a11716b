import type { Document, CollectionSpec, ReadModels } from '../../platform/read-models';
import { positionOf } from '../../platform/event-store';

/** The memory of the test provider: facts, each of which is noted once and never changed. */
export interface TestLedger {
  /** Notes a fact, unless one is noted under the name already. @returns the one that is noted. */
  note<Fact extends object>(name: string, fact: Fact): Promise<Fact>;
  find<Fact extends object>(name: string): Promise<Fact | undefined>;
}

/** A ledger that ends with the process. */
export const memoryLedger = (): TestLedger => {
  const facts = new Map<string, object>();
  return {
    note: <Fact extends object>(name: string, fact: Fact) => {
      if (!facts.has(name)) facts.set(name, fact);
      return Promise.resolve(facts.get(name) as Fact);
    },
    find: <Fact extends object>(name: string) => Promise.resolve(facts.get(name) as Fact | undefined),
  };
};

const testPayments: CollectionSpec = {
  name: 'test_payments',
  version: 1,
  indexes: [],
  schema: { type: 'object', required: ['id', 'fact'] },
};

type Noted = Document & { readonly fact: object };

/** The position of every fact: a write that is not newer than a stored one changes nothing, so the first one stays. */
const ONCE = positionOf(1);

/** A ledger that all processes of a platform share, beside the read models. */
export const sharedLedger = (readModels: ReadModels): TestLedger => {
  let ready: Promise<void> | undefined;
  const ensured = (): Promise<void> => {
    ready ??= readModels.ensure(testPayments).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };
  const find = async <Fact extends object>(name: string): Promise<Fact | undefined> => {
    await ensured();
    return (await readModels.get<Noted>(testPayments, name))?.document.fact as Fact | undefined;
  };
  return {
    find,
    note: async <Fact extends object>(name: string, fact: Fact) => {
      await ensured();
      const document: Noted = { id: name, fact };
      const upserts = [{ document, position: ONCE }];
      await readModels.write({ collection: testPayments, upserts, deletes: [], position: undefined });
      const noted = await find<Fact>(name);
      if (noted === undefined) throw new Error(`The test provider has not noted ${name}`);
      return noted;
    },
  };
};
