import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import type { Link } from './link';
import type { CommandFrame, OutcomeFrame } from './messages';
import { createUnanswered } from './unanswered';

const frame: CommandFrame = {
  ...{
    number: 7,
    name: 'payOrder',
    input: new Uint8Array(),
    commandId: 'c',
    keyed: false,
    correlationId: 'c',
  },
  ...{ principal: '', traceparent: '', timeoutMs: 10_000 },
};
const failed = (code: string): OutcomeFrame => ({
  number: frame.number,
  failed: { code, message: 'no', figures: '{}' },
});
const unknown = { number: frame.number, unknown: true };

/** A command, and the servers that come up one after the other to be asked it. */
const open = () => {
  const clock = createVirtualClock();
  const asked: CommandFrame[] = [];
  let link: Link | undefined;
  const unanswered = createUnanswered({
    clock,
    linkFor: () => link,
    nobodyAnswers: () => new Error('no answer'),
  });
  const rise = (): void => {
    const last = link;
    const send = (sent: CommandFrame): void => void asked.push(sent);
    link = { address: 'here', up: () => true, send, close: async () => undefined };
    unanswered.askAnew(last);
  };
  return { clock, asked, unanswered, rise };
};

describe('a command that waits for its answer', () => {
  it.each(['OVERLOADED', 'DEADLINE_EXCEEDED', 'STORE_UNAVAILABLE', 'INTERNAL'])(
    'did not happen where the only server that was asked says %s, and may have where it is the second',
    async (code) => {
      for (const servers of [1, 2]) {
        const { asked, unanswered, rise } = open();
        const answer = unanswered.ask(frame, 'key');
        for (let server = 0; server < servers; server += 1) rise();
        unanswered.settle(failed(code));
        expect(await answer).toEqual(servers === 1 ? failed(code) : unknown);
        expect(asked).toHaveLength(servers);
      }
    },
  );

  it.each([
    failed('INPUT_INVALID'),
    failed('NOT_PERMITTED'),
    { number: frame.number, rejected: { code: 'ORDER_NOT_FOUND', message: '', figures: '{}' } },
    { number: frame.number, accepted: new Uint8Array() },
  ])('is what any server says that would say so of it at all: %j', async (outcome) => {
    const { unanswered, rise } = open();
    const answer = unanswered.ask(frame, 'key');
    rise();
    rise();
    unanswered.settle(outcome);
    expect(await answer).toBe(outcome);
    expect(unanswered.count()).toBe(0);
  });

  it('passes the remaining time to the next server, and is unknown in the end', async () => {
    const { clock, asked, unanswered, rise } = open();
    rise();
    const answer = unanswered.ask(frame, 'key');
    await clock.advance(4_000);
    rise();
    expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 6_000]);
    await clock.advance(6_000);
    expect(await answer).toEqual(unknown);
  });

  it('did not happen if there was no server', async () => {
    const { clock, unanswered } = open();
    const answer = expect(unanswered.ask(frame, 'key')).rejects.toThrow('no answer');
    await clock.advance(10_000);
    await answer;
  });
});
