import type { Instant } from '../../domain/kernel';
import { counters } from '../../tests/support/projections/counting';
import { createWorkplace } from '../../tests/support/projections/projecting';
import { createPastReadModels } from './past-read-models';

const limits = { bytesMax: 2_000, buildMs: 1_000, waitMs: 5_000, keptMax: 1 };
const later = '2027-01-01T00:00:00.000Z' as Instant;

const add = (to: string) => ({ type: 'CounterAdded', data: { to, by: 1 } }) as const;

describe('read models of the past', () => {
  it('are refused where their documents are larger than the limit', async () => {
    const { record, store, clock } = createWorkplace();
    await record(...Array.from({ length: 60 }, (_, index) => add(`counter-${index}`)));
    const past = createPastReadModels({ events: store, clock }, limits);
    await expect(past.at(counters(), later)).rejects.toMatchObject({ code: 'HISTORY_TOO_LONG' });
  });

  it('are refused where the history takes longer to read than the limit', async () => {
    const { record, store, clock } = createWorkplace();
    await record(add('a'), add('b'));
    const slow: Pick<typeof store, 'readAll' | 'head'> = {
      head: () => store.head(),
      readAll: async function* () {
        for await (const event of store.readAll()) {
          await clock.sleep(800 as never);
          yield event;
        }
      },
    };
    const past = createPastReadModels({ events: slow, clock }, limits);
    await expect(clock.drive(past.at(counters(), later))).rejects.toMatchObject({ code: 'HISTORY_TOO_LONG' });
  });

  it('say how far they are while a reader has waited long enough, and go on being built', async () => {
    const { record, store, clock } = createWorkplace();
    await record(...Array.from({ length: 10 }, () => add('a')));
    const slow: Pick<typeof store, 'readAll' | 'head'> = {
      head: () => store.head(),
      readAll: async function* () {
        for await (const event of store.readAll()) {
          await clock.sleep(1_000 as never);
          yield event;
        }
      },
    };
    const past = createPastReadModels({ events: slow, clock }, { ...limits, buildMs: 60_000 });
    await expect(clock.drive(past.at(counters(), later))).rejects.toMatchObject({
      code: 'PAST_BEING_BUILT',
      message: expect.stringMatching(/4 events read, 40 % of the history/) as string,
    });
    await clock.advance(7_000);
    const there = await past.at(counters(), later);
    expect((await there.get(counters().collection, 'a'))?.document).toMatchObject({ total: 10 });
  });

  it('are folded once for all readers of one moment, and again after a failure', async () => {
    const { record, store, clock } = createWorkplace();
    await record(add('a'));
    let reads = 0;
    let fails = true;
    const counted: Pick<typeof store, 'readAll' | 'head'> = {
      head: () => store.head(),
      readAll: () => {
        reads += 1;
        if (fails) throw new Error('away');
        return store.readAll();
      },
    };
    const past = createPastReadModels({ events: counted, clock }, limits);
    await expect(past.at(counters(), later)).rejects.toThrow('away');
    fails = false;
    const [one, other] = await Promise.all([past.at(counters(), later), past.at(counters(), later)]);
    expect(one).toBe(other);
    expect(reads).toBe(2);
    expect((await one.get(counters().collection, 'a'))?.document).toMatchObject({ total: 1 });
  });
});
