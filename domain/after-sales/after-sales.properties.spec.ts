import { offers } from '../../tests/support/domain/after-sales';
import { alongEveryWalk, everyStep, recordsOnce } from '../../tests/support/domain/walk';
import { afterSales, afterSalesStateDiagram, afterSalesWaysOut } from './';
import type { AfterSalesCommand, AfterSalesState } from './';

const steps = everyStep(afterSales, offers);

const keyOf = (state: AfterSalesState): string => JSON.stringify(state);

/** The commands of the platform and of the clock. */
const automatic: ReadonlySet<AfterSalesCommand['type']> = new Set([
  'PassAfterSalesDeadline',
  'RecordAfterSalesRefund',
  'RecordAfterSalesRefundFailure',
  'RecordReplacementSent',
  'RecordReplacementFailure',
]);

/** The statuses that only staff lead out of; an alert calls them. */
const byStaffOnly = ['ESCALATED', 'REFUND_FAILED'];

it('goes the ways of its table, all of them and no others', () => {
  const walked = new Set<string>();
  for (const { before, decision } of steps) {
    if (!decision.ok) continue;
    let state = before;
    for (const fact of decision.events) {
      const next = afterSales.evolve(state, fact);
      const from = state.status === 'NONE' ? '[*]' : state.status;
      if (next.status !== state.status) walked.add(`${from} --> ${next.status} : ${fact.type}`);
      state = next;
    }
  }
  expect([...walked].sort()).toStrictEqual([...afterSalesStateDiagram].sort());
});

it('has a step or an action in every state, unless it may stay there for good', () => {
  const states = new Map<string, { readonly state: AfterSalesState; byItself: number; byPeople: number }>();
  for (const { before, command, after } of steps) {
    const found = states.get(keyOf(before)) ?? { state: before, byItself: 0, byPeople: 0 };
    if (keyOf(before) !== keyOf(after)) found[automatic.has(command.type) ? 'byItself' : 'byPeople'] += 1;
    states.set(keyOf(before), found);
  }
  expect(states.size).toBeGreaterThan(50);
  for (const { state, byItself, byPeople } of states.values()) {
    if (state.status === 'NONE') continue;
    const { isFinal } = afterSalesWaysOut[state.status];
    const hasWay = byItself > 0 || byPeople > 0;
    // In the walk the attempts of refunds are bounded, and closing remains.
    expect({ state, hasWay }).toEqual({ state, hasWay: !isFinal });
    if (byItself === 0 && !isFinal) expect(byStaffOnly).toContain(state.status);
  }
});

it('reaches an end from every state', () => {
  const before = new Map<string, Set<string>>();
  const open: string[] = [];
  for (const step of steps) {
    const key = keyOf(step.after);
    before.set(key, (before.get(key) ?? new Set()).add(keyOf(step.before)));
    if (step.after.status !== 'NONE' && afterSalesWaysOut[step.after.status].isFinal) open.push(key);
  }
  const reaching = new Set<string>();
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (reaching.has(key)) continue;
    reaching.add(key);
    open.push(...(before.get(key) ?? []));
  }
  for (const step of steps) expect(reaching).toContain(keyOf(step.before));
});

it('is settled once: by one refund or one replacement', () => {
  for (const { before, decision } of steps) {
    if (!decision.ok || before.status === 'NONE') continue;
    const isOver = afterSalesWaysOut[before.status].isFinal;
    if (isOver) expect(decision.events).toEqual([]);
    for (const { type } of decision.events)
      if (type === 'AfterSalesRefundDue')
        expect(['REFUNDING', 'SENDING_REPLACEMENT']).not.toContain(before.status);
  }
});

it('records any command, sent twice, once', () => {
  const check = (step: (typeof steps)[number]): void => recordsOnce(afterSales, step);
  steps.forEach(check);
  alongEveryWalk(afterSales, offers, check);
});
