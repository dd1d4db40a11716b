import { randomUUID } from 'node:crypto';
import { createLeases, type Fence, type Held, type Leases } from '../../platform/lease';
import { positionOf } from '../../platform/event-store';
import type { CollectionSpec, ReadModels } from '../../platform/read-models';
import { createVirtualClock, type VirtualClock } from '../support/time/virtual-clock';

const TTL_MS = 5_000;

/** A process as the engine sees it: its own clock, its own memory of what it has seen. */
type Process = { readonly name: string; readonly clock: VirtualClock; readonly leases: Leases };

/**
 * The contract of every engine that stores leases.
 *
 * @param open - an engine; may share its file or server with other suites: this one names its own leases and
 * collections.
 */
export const leaseContract = (open: () => Promise<ReadModels>): void => {
  let models: ReadModels;
  let lease: string;
  let ann: Process;
  let bob: Process;
  const things: CollectionSpec = {
    name: `leased_${process.pid}`,
    version: 1,
    indexes: [],
    schema: { type: 'object' },
  };

  const createProcess = (name: string): Process => {
    const clock = createVirtualClock();
    return { name, clock, leases: createLeases(models.leases, clock) };
  };
  const take = ({ leases, name }: Process) => leases.acquire(lease, name, TTL_MS);
  const takeFor = async (one: Process): Promise<Held> => {
    const answer = await take(one);
    if (answer.kind !== 'held') throw new Error(`${one.name} did not get it: ${answer.by} has it`);
    return answer;
  };
  /** Looks at the lease until it is free. */
  const takeOver = async (one: Process): Promise<Held> => {
    const answer = await take(one);
    if (answer.kind === 'held') return answer;
    await one.clock.advance(TTL_MS);
    return takeFor(one);
  };
  const fenceOf = ({ term: { token } }: Held): Fence => ({ lease, token });
  const writeAt = (position: number, held: Held): Promise<void> =>
    models.write({
      collection: things,
      upserts: [{ document: { id: `${position}` }, position: positionOf(position) }],
      deletes: [],
      position: positionOf(position),
      fence: fenceOf(held),
    });
  const lost = expect.objectContaining({ code: 'LEASE_LOST' }) as unknown;

  beforeAll(async () => {
    models = await open();
  });
  afterAll(() => models.close());
  beforeEach(async () => {
    lease = `lease-${randomUUID()}`;
    ann = createProcess('ann');
    bob = createProcess('bob');
    await models.ensure(things);
  });
  afterEach(() => models.drop(things));

  describe('a lease', () => {
    it('is granted to the first process, and the others get its holder and its end', async () => {
      expect(await take(ann)).toMatchObject({
        kind: 'held',
        term: { token: 1, holder: 'ann' },
        untilMs: TTL_MS,
      });
      await bob.clock.advance(1_000);
      expect(await take(bob)).toEqual({ kind: 'taken', by: 'ann', until: '2026-01-31T08:00:06.000Z' });
    });

    it('is given to one of many who ask at once', async () => {
      const many = Array.from({ length: 12 }, (_, index) => createProcess(`process-${index}`));
      for (let round = 1; round <= 5; round += 1) {
        const answers = await Promise.all(many.map(take));
        const winners = answers.flatMap((answer) => (answer.kind === 'held' ? [answer] : []));
        expect(winners.map(({ term }) => term.token)).toEqual([round]);
        await many[0]!.leases.release(winners[0]!);
      }
    });

    it('stays with the process that renews it, and a renewal counts from its beginning', async () => {
      let held = await takeFor(ann);
      for (let renewal = 1; renewal <= 4; renewal += 1) {
        await ann.clock.advance(2_000);
        await bob.clock.advance(2_000);
        const answer = await ann.leases.renew(held);
        expect(answer).toMatchObject({ kind: 'held', untilMs: renewal * 2_000 + TTL_MS });
        held = answer as Held;
        expect(await take(bob)).toMatchObject({ kind: 'taken', by: 'ann' });
      }
    });

    it('is free if no renewal was seen for its whole duration, with any clocks', async () => {
      await takeFor(ann);
      await bob.clock.advance(3_600_000);
      expect((await take(bob)).kind).toBe('taken');
      await bob.clock.advance(TTL_MS - 1);
      expect((await take(bob)).kind).toBe('taken');
      await bob.clock.advance(1);
      expect(await take(bob)).toMatchObject({ kind: 'held', term: { token: 2, holder: 'bob' } });
    });

    it('is lost by a process that was paused beyond its end, and which gets the new holder', async () => {
      const held = await takeFor(ann);
      await takeOver(bob);
      expect(await ann.leases.renew(held)).toEqual({ kind: 'lost', to: 'bob' });
      expect(await take(ann)).toMatchObject({ kind: 'taken', by: 'bob' });
    });

    it('is given at once when it was given back, and to a holder who asks again', async () => {
      await ann.leases.release(await takeFor(ann));
      const held = await takeFor(bob);
      expect(held.term.token).toBe(2);
      expect((await takeFor(bob)).term.token).toBe(3);
      // Of the term before: it takes nothing from the one that runs.
      await bob.leases.release(held);
      expect((await take(ann)).kind).toBe('taken');
    });

    it('never has the same token twice', async () => {
      const tokens: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        const held = await takeOver(ann);
        tokens.push(held.term.token, (await takeFor(ann)).term.token, (await takeOver(bob)).term.token);
        await ann.leases.release(held);
      }
      expect(tokens).toEqual(tokens.map((_, index) => index + 1));
    });

    it('is one of many', async () => {
      await takeFor(ann);
      const other = await bob.leases.acquire(`${lease}-other`, 'bob', TTL_MS);
      expect(other).toMatchObject({ kind: 'held', term: { token: 1 } });
    });
  });

  describe('a write under a lease', () => {
    it('is taken in its term', async () => {
      const held = await takeFor(ann);
      await writeAt(1, held);
      await models.promote(things, fenceOf(held));
      expect(await models.checkpoint(things)).toBe(positionOf(1));
      expect(await models.promoted(things.name)).toBe(1);
      const next = { ...things, version: 2 };
      await models.ensure(next);
      await models.drop(next, fenceOf(held));
    });

    it('is refused, whole, when another has taken over meanwhile', async () => {
      const late = await takeFor(ann);
      await writeAt(1, late);
      const held = await takeOver(bob);
      await expect(writeAt(3, late)).rejects.toEqual(lost);
      expect(await models.get(things, '3')).toBeUndefined();
      expect(await models.checkpoint(things)).toBe(positionOf(1));
      await writeAt(2, held);
      await expect(writeAt(3, late)).rejects.toEqual(lost);
      await writeAt(3, held);
      expect(await models.checkpoint(things)).toBe(positionOf(3));
    });

    it('is refused when the lease was given back', async () => {
      const held = await takeFor(ann);
      await ann.leases.release(held);
      await expect(writeAt(1, held)).rejects.toEqual(lost);
      expect(await models.checkpoint(things)).toBeUndefined();
    });

    it('does not promote, and drops nothing, too late', async () => {
      const late = await takeFor(ann);
      await writeAt(1, late);
      const held = await takeOver(bob);
      await models.promote({ ...things, version: 3 }, fenceOf(held));
      await expect(models.promote({ ...things, version: 2 }, fenceOf(late))).rejects.toEqual(lost);
      expect(await models.promoted(things.name)).toBe(3);
      await expect(models.drop(things, fenceOf(late))).rejects.toEqual(lost);
      expect(await models.count(things)).toBe(1);
    });

    it('is taken from the next holder, and from who needs no lease', async () => {
      await writeAt(1, await takeFor(ann));
      await writeAt(2, await takeOver(bob));
      const position = positionOf(3);
      await models.write({ collection: things, upserts: [], deletes: [], position });
      expect(await models.checkpoint(things)).toBe(position);
    });
  });
};
