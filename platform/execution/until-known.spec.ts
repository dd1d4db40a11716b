import { Fault } from '../faults';
import { silentLogger } from '../telemetry';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { untilKnown } from './until-known';

type Answer = { readonly kind: 'accepted' } | { readonly kind: 'unknown'; readonly commandId: string };

const clock = createVirtualClock();
const stop = new AbortController();
const deps = { clock, random: seededRandom(1), logger: silentLogger, signal: stop.signal };

/** Answers one after the other; throws the errors among them. */
const inTurn = (...answers: readonly (Answer | Error)[]): (() => Promise<Answer>) => {
  const rest = [...answers];
  return async () => {
    const answer = rest.shift()!;
    if (answer instanceof Error) throw answer;
    return answer;
  };
};

describe('a command whose outcome must be known', () => {
  it('is sent again while the outcome is unknown or the fault may pass', async () => {
    const send = inTurn({ kind: 'unknown', commandId: 'c' }, new Fault('STORE_UNAVAILABLE', 'down'), {
      kind: 'accepted',
    });
    expect(await clock.drive(untilKnown(deps, send))).toEqual({ kind: 'accepted' });
  });

  it('is given up on what cannot pass', () =>
    expect(untilKnown(deps, inTurn(new Fault('NOT_PERMITTED', 'no')))).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    }));

  it('ends with the gateway', async () => {
    const ending = new AbortController();
    const send = inTurn({ kind: 'unknown', commandId: 'c' });
    const waiting = untilKnown({ ...deps, signal: ending.signal }, send);
    ending.abort(new Error('stopping'));
    await expect(clock.drive(waiting)).rejects.toThrow('stopping');
  });
});
