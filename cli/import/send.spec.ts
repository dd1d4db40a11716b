import { inProcessCommands } from '../../commands/client/in-process';
import { rejected } from '../../commands/use-case/outcome';
import type { UseCaseRegistry } from '../../commands/use-cases';
import type { CurrencyCode } from '../../domain/money';
import { Fault } from '../../platform/faults';
import { createOrderBench } from '../../tests/support/commands/order-fixture';
import type { PlannedOrder } from './plan';
import { createSender, customerEmail, sendAll } from './send';

const items = Array.from({ length: 10 }, (_, at) => at);
const noProgress = () => undefined;

describe('sending all of a list', () => {
  it('returns the outcomes in the order of the items, whichever ends first', async () => {
    const release: (() => void)[] = [];
    const sending = sendAll(
      [0, 1, 2],
      (item) => new Promise<number>((resolve) => (release[item] = () => resolve(item))),
      { width: 3, onProgress: noProgress, signal: new AbortController().signal },
    );
    [2, 0, 1].forEach((item) => release[item]!());
    expect(await sending).toEqual({ answers: [0, 1, 2], fault: undefined });
  });

  it('when stopped, waits for the items in progress and starts no others', async () => {
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

  it('keeps the outcomes before a fault', async () => {
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

describe('the e-mail address of a customer of a list', () => {
  it.each([
    ['17850', '17850@shop.invalid'],
    ['Ann Lee@Work', 'ann%20lee%40work@shop.invalid'],
    ['Müller', 'm%c3%bcller@shop.invalid'],
    ['Mu\u0308ller', 'm%c3%bcller@shop.invalid'],
    ['Smith, John', 'smith%2c%20john@shop.invalid'],
    ['李明', '%e6%9d%8e%e6%98%8e@shop.invalid'],
  ])('of %s is %s', (customer, address) => {
    expect(customerEmail('shop', customer)).toBe(address);
  });

  it('is short enough for an account however long the name is, and differs from every other', () => {
    const [one, other] = ['李'.repeat(60), `${'李'.repeat(59)}明`].map((name) => customerEmail('shop', name));
    expect(one!.length).toBeLessThanOrEqual(254);
    expect(one).not.toBe(other);
  });
});

describe('the sender of an import', () => {
  const settings = {
    ...{ source: 'shop', run: 'run-1', currency: 'GBP' as CurrencyCode, paymentMethod: 'test' },
    destinationOf: () => ({ x: 1, y: 1 }),
  };
  const goods = { sku: '10001', quantity: 1, priceMinor: 250 };
  const orderOf = (customer: string): PlannedOrder => ({
    ...{ kind: 'order', reference: 'A1', customer, soldAtMs: 0, lines: [goods] },
    sources: [{ file: 'sales.csv', line: 2 }],
  });

  it.each([
    '17850',
    'Müller',
    'Smith, John',
    'A/B Ltd',
    'ann lee@work',
    'O’Brien & Sons',
    '李明',
    '李'.repeat(120),
  ])('places the order of %s for the account that was created for the customer', async (customer) => {
    const bench = createOrderBench();
    const commands = inProcessCommands(bench.life().useCases, { clock: bench.clock });
    const sender = createSender(commands, settings);
    await sender.product({ ...goods, kind: 'product', name: 'Cup', sources: [] });
    expect(await sender.order(orderOf(customer))).toHaveProperty('taken');
    // The second of a customer is for the account of the first.
    expect(await sender.order({ ...orderOf(customer), reference: 'B2' })).toHaveProperty('taken');
    const customers = (await bench.events()).flatMap(({ type, data }) =>
      type === 'OrderPlaced' ? [(data as { customerId: string }).customerId] : [],
    );
    expect(customers).toHaveLength(2);
    expect(new Set(customers).size).toBe(1);
  });

  it('refuses an order whose customer cannot get an account, with the reason', async () => {
    const bench = createOrderBench();
    const useCases: UseCaseRegistry = {
      ...bench.life().useCases,
      provisionAccount: async () => rejected({ code: 'EMAIL_INVALID' }),
    };
    const sender = createSender(inProcessCommands(useCases, { clock: bench.clock }), settings);
    await sender.product({ ...goods, kind: 'product', name: 'Cup', sources: [] });
    expect(await sender.order(orderOf('17850'))).toMatchObject({
      refused: { kind: 'order', reference: 'A1', code: 'EMAIL_INVALID' },
    });
  });
});
