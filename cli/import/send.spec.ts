import { Fault } from '../../platform/faults';
import { customerEmail, sendAll } from './send';

const items = Array.from({ length: 10 }, (_, at) => at);
const noProgress = () => undefined;

describe('sending all of a list', () => {
  it('answers in the order of the items, whichever is done first', async () => {
    const release: (() => void)[] = [];
    const sending = sendAll(
      [0, 1, 2],
      (item) => new Promise<number>((resolve) => (release[item] = () => resolve(item))),
      { width: 3, onProgress: noProgress, signal: new AbortController().signal },
    );
    [2, 0, 1].forEach((item) => release[item]!());
    expect(await sending).toEqual({ answers: [0, 1, 2], fault: undefined });
  });

  it('waits for what is under way when it is told to stop, and begins nothing more', async () => {
    const told = new AbortController();
    const begun: number[] = [];
    const send = async (item: number): Promise<number> => {
      begun.push(item);
      if (item === 3) told.abort();
      return item;
    };
    const { answers } = await sendAll(items, send, { width: 2, onProgress: noProgress, signal: told.signal });
    expect(answers).toEqual(begun);
    expect(answers.length).toBeLessThan(items.length);
    const { answers: none } = await sendAll(items, send, {
      width: 2,
      onProgress: noProgress,
      signal: told.signal,
    });
    expect(none).toEqual([]);
  });

  it('keeps what was answered before a fault', async () => {
    const fault = new Fault('COMMANDS_UNAVAILABLE', 'Gone.');
    const send = async (item: number): Promise<number> => {
      if (item >= 4) throw fault;
      return item;
    };
    const { signal } = new AbortController();
    expect(await sendAll(items, send, { width: 2, onProgress: noProgress, signal })).toEqual({
      answers: [0, 1, 2, 3],
      fault,
    });
  });
});

it('a customer’s address is one whatever their name', () => {
  expect(customerEmail('shop', '17850')).toBe('17850@shop.invalid');
  expect(customerEmail('shop', 'Ann Lee@Work')).toBe('ann%20lee%40work@shop.invalid');
});
