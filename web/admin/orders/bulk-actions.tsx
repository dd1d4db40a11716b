import { useRef, useState, type ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { usePermissions, useSend, type Problem } from '../../api';
import { useTexts } from '../../text';
import { Form, Input, Select, type Typed } from '../../ui/form';
import { Table } from '../../ui/list';
import type { Selection } from '../../ui/selection';
import { useOneByOne, type Each } from '../../ui/one-by-one';
import { cancelOrder } from './order-actions';
import { holdOrder, releaseOrder, type Hold } from './order-holds';
import { tagOrder, untagOrder } from './order-notes';

/** An order of the list. */
export type ChosenOrder = { readonly id: string; readonly number: string };

/** The orders that an action changes in one go. */
export const CHOSEN_MAX = 200;

type Answer =
  | { readonly success: object }
  | { readonly success?: undefined; readonly problem: Problem; readonly answer: unknown };

/** Sends the command for one order, under the given key. */
type Command = (orderId: string, key: string) => Promise<Answer>;

/**
 * Runs a command for each order. A repetition after an answer that was lost has the same idempotency key, so that it is one action.
 */
const useRun = () => {
  const each = useOneByOne<string, 'done'>();
  const [orders, setOrders] = useState<readonly ChosenOrder[]>([]);
  const unanswered = useRef(new Map<string, string>());
  const run = (chosen: readonly ChosenOrder[], name: string, command: Command): Promise<void> => {
    setOrders(chosen);
    return each.run(
      chosen,
      ({ id }) => id,
      async ({ id }) => {
        const of = `${name} ${id}`;
        const key = unanswered.current.get(of) ?? crypto.randomUUID();
        unanswered.current.set(of, key);
        const outcome = await command(id, key);
        if (outcome.success !== undefined || outcome.answer !== undefined) unanswered.current.delete(of);
        return outcome.success === undefined
          ? { kind: 'failed' as const, problem: outcome.problem }
          : { kind: 'done' as const };
      },
    );
  };
  return { ...each, orders, run };
};

function Result({ result }: { readonly result: Each<'done'> | undefined }) {
  const { reasonOf } = useTexts();
  if (result === undefined) return 'Not begun';
  if (result.kind === 'failed')
    return <span className="problem">{reasonOf(result.problem.code, result.problem.message)}</span>;
  return result.kind === 'done' ? 'Done' : 'Under way';
}

type Run = ReturnType<typeof useRun>;

function Results({ of: { orders, results, isRunning, isInterrupted, stop } }: { readonly of: Run }) {
  const ended = orders.filter(({ id }) => (results.get(id)?.kind ?? 'running') !== 'running');
  const done = ended.filter(({ id }) => results.get(id)?.kind === 'done').length;
  if (results.size === 0) return <p role="status" />;
  return (
    <>
      <p role="status">
        {isRunning
          ? `${ended.length} of ${orders.length} orders`
          : `Done for ${done} of ${orders.length} orders.`}
      </p>
      {isRunning && (
        <p>
          <progress aria-label="Orders" value={ended.length} max={orders.length} />{' '}
          <button type="button" onClick={stop}>
            Stop
          </button>
        </p>
      )}
      {isInterrupted && <p role="alert">It ended early. Begin again: what is done is not done twice.</p>}
      <Table
        caption="Result of each order"
        rows={orders}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'Number',
            cell: ({ id, number }) => (
              <Link to="/admin/orders/$id" params={{ id }}>
                {number}
              </Link>
            ),
          },
          { title: 'Result', cell: ({ id }) => <Result result={results.get(id)} /> },
        ]}
      />
    </>
  );
}

function Panel({
  title,
  submit,
  help,
  isRunning,
  onSubmit,
  children,
}: {
  readonly title: string;
  readonly submit: string;
  readonly help?: string;
  readonly isRunning: boolean;
  readonly onSubmit: (typed: Typed) => void;
  readonly children?: ReactNode;
}) {
  return (
    <details className="panel">
      <summary>{title}</summary>
      {help !== undefined && <p>{help}</p>}
      <Form submit={submit} isRunning={isRunning} problem={undefined} about={title} onSubmit={onSubmit}>
        {children}
      </Form>
    </details>
  );
}

const reasonIn = (typed: Typed): Hold['reason'] => (typed['reason'] ?? 'OTHER') as Hold['reason'];

/** Runs a command for all chosen orders. `name` tells it from other commands. */
type Starting = {
  readonly isRunning: boolean;
  readonly start: (name: string, command: Command) => void;
};

function Tagging({ isRunning, start }: Starting) {
  const tag = useSend(tagOrder);
  const untag = useSend(untagOrder);
  return (
    <>
      <Panel
        title="Add a tag to all"
        submit="Add to all"
        isRunning={isRunning}
        onSubmit={({ tag: text = '' }) =>
          start(`tag ${text}`, (orderId, key) => tag({ orderId, tag: text }, key))
        }
      >
        <Input name="tag" label="Tag for all" maxLength={40} required />
      </Panel>
      <Panel
        title="Remove a tag from all"
        submit="Remove from all"
        isRunning={isRunning}
        onSubmit={({ tag: text = '' }) =>
          start(`untag ${text}`, (orderId, key) => untag({ orderId, tag: text }, key))
        }
      >
        <Input name="tag" label="Tag to remove" maxLength={40} required />
      </Panel>
    </>
  );
}

function Holding({ isRunning, start }: Starting) {
  const { holdReasons } = useTexts();
  const hold = useSend(holdOrder);
  const release = useSend(releaseOrder);
  const reasons = Object.entries(holdReasons) as [Hold['reason'], string][];
  const holdAll = (typed: Typed): void => {
    const facts = { reason: reasonIn(typed), comment: typed['comment'] || null };
    start(`hold ${JSON.stringify(facts)}`, (orderId, key) => hold({ orderId, ...facts }, key));
  };
  const releaseAll = (typed: Typed): void => {
    const reason = reasonIn(typed);
    start(`release ${reason}`, (orderId, key) => release({ orderId, reason }, key));
  };
  return (
    <>
      <Panel
        title="Hold all"
        submit="Hold them"
        help="They are not packed or loaded, and do not expire, until they are released."
        isRunning={isRunning}
        onSubmit={holdAll}
      >
        <Select name="reason" label="Reason for all" options={reasons} />
        <Input name="comment" label="Comment for all" maxLength={500} />
      </Panel>
      <Panel title="Release all" submit="Release them" isRunning={isRunning} onSubmit={releaseAll}>
        <Select name="reason" label="Reason of the holds" options={reasons} />
      </Panel>
    </>
  );
}

function Cancelling({ isRunning, start }: Starting) {
  const cancel = useSend(cancelOrder);
  return (
    <Panel
      title="Cancel all"
      submit="Cancel them"
      help="Their shipments are stopped, and what was paid is refunded. This cannot be undone."
      isRunning={isRunning}
      onSubmit={() => start('cancel', (orderId, key) => cancel({ orderId }, key))}
    />
  );
}

/** The actions on all chosen orders. The server decides about each order by itself. */
export function BulkActions({
  chosen: { rows: orders, clear },
}: {
  readonly chosen: Selection<ChosenOrder>;
}) {
  const permissions = usePermissions();
  const running = useRun();
  const { isRunning } = running;
  const start = (name: string, command: Command): void => void running.run(orders, name, command);
  if (orders.length === 0) return null;
  return (
    <section aria-labelledby="bulk" className="panel">
      <h2 id="bulk">{orders.length === 1 ? 'One order is chosen' : `${orders.length} orders are chosen`}</h2>
      {orders.length === CHOSEN_MAX && <p>No more than {CHOSEN_MAX} can be chosen.</p>}
      <p>
        <button type="button" disabled={isRunning} onClick={clear}>
          Choose none
        </button>
      </p>
      {permissions.has('order:note') && <Tagging isRunning={isRunning} start={start} />}
      {permissions.has('order:hold') && <Holding isRunning={isRunning} start={start} />}
      {permissions.has('order:change') && <Cancelling isRunning={isRunning} start={start} />}
      <Results of={running} />
    </section>
  );
}
