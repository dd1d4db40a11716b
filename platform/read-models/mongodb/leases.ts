import { MongoServerError, type Collection, type Db } from 'mongodb';
import { leaseLost, type Fence, type LeaseRecords, type TermRecord } from '../../lease';
import { SETTLED } from './connection';
import { DUPLICATE_KEY } from './refusal';

/**
 * A stored term. Its key is the only point where two processes can conflict: not every server updates atomically, but
 * each inserts so.
 */
type StoredTerm = TermRecord & { readonly _id: string };

/** The number of terms that are kept: recent holders are of interest to operators. */
const TERMS_KEPT = 10;

const idOf = ({ lease, token }: Fence): string => `${lease}:${token}`;

/** Stores the leases' terms, in a collection of their own. */
export class MongoLeaseRecords implements LeaseRecords {
  /** @param reach - makes a call: with a time limit, and with faults for errors. */
  constructor(
    private readonly database: Db,
    private readonly reach: <Result>(call: () => Promise<Result>) => Promise<Result>,
  ) {}

  async latest(lease: string): Promise<TermRecord | undefined> {
    return (await this.reach(() => this.newest(lease))) ?? undefined;
  }

  begin(term: TermRecord): Promise<boolean> {
    return this.reach(async () => {
      const begun = await this.terms.insertOne({ _id: idOf(term), ...term }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
          throw error;
        },
      );
      const { lease, token } = term;
      if (begun) await this.terms.deleteMany({ lease, token: { $lte: token - TERMS_KEPT } });
      return begun;
    });
  }

  async update(term: TermRecord): Promise<void> {
    await this.reach(() => this.terms.updateOne({ _id: idOf(term) }, { $set: term }));
  }

  /** For use within a call. @throws Fault `LEASE_LOST` if the term has ended. */
  async check(fence: Fence | undefined): Promise<void> {
    if (fence === undefined) return;
    const { lease, token } = fence;
    // By their keys, because this is done before each batch; the next term always has the next token.
    const [own, next] = await Promise.all([
      this.terms.findOne({ _id: idOf(fence) }),
      this.terms.findOne({ _id: idOf({ lease, token: token + 1 }) }),
    ]);
    if (!own || own.released || next) throw leaseLost(fence);
  }

  private newest(lease: string): Promise<TermRecord | null> {
    return this.terms.findOne<TermRecord>({ lease }, { sort: { token: -1 }, projection: { _id: 0 } });
  }

  private get terms(): Collection<StoredTerm> {
    return this.database.collection('leases', SETTLED);
  }
}
