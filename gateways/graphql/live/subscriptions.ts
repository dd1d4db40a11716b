import { createHash } from 'node:crypto';
import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { Millis } from '../../../domain/kernel';
import type { EdgeServices } from '../context';
import type { Run } from '../operations/run-operation';
import type { Prices } from '../operations/pricing';
import { refusal } from '../operations/request-errors';
import type { Viewer } from '../access/caller';

export type Subscribing = ExecutionArgs & {
  readonly run: Run;
  readonly cost: number;
  readonly leave: () => void;
};

export type Subscriptions = {
  /**
   * Takes one of the places that an account has, or an address of guests.
   *
   * @returns gives the place back; to be called at least once.
   * @throws GraphQLError `RATE_LIMITED` where all are taken.
   */
  enter(viewer: Viewer, address: string): () => void;
  /** Returns an answer for each event, or the errors of the subscription. Gives the place back at the end. */
  run(subscribing: Subscribing): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;
};

const isIterable = (value: AsyncIterable<unknown> | ExecutionResult): value is AsyncIterable<unknown> =>
  Symbol.asyncIterator in value;

/** Returns the name of a viewer's operation. An event is rendered once for all operations of the same name. */
const nameOf = ({ context: { viewer }, operation, variables }: Run): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        viewer.kind === 'account' ? [viewer.id, viewer.roles, viewer.patterns, viewer.realm] : [],
        operation.source,
        variables ?? {},
      ]),
    )
    .digest('base64');

/** Renders an event once for all who see the same of it. */
const createRenderings = () => {
  const rendered = new WeakMap<object, Map<string, Promise<ExecutionResult>>>();
  return (event: object, name: string, render: () => Promise<ExecutionResult>): Promise<ExecutionResult> => {
    const known = rendered.get(event) ?? new Map<string, Promise<ExecutionResult>>();
    rendered.set(event, known);
    const result = known.get(name) ?? render();
    known.set(name, result);
    return result;
  };
};

const createPlaces = (max: number) => {
  const taken = new Map<string, number>();
  return (client: string): (() => void) | undefined => {
    const before = taken.get(client) ?? 0;
    if (before >= max) return undefined;
    taken.set(client, before + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const now = (taken.get(client) ?? 1) - 1;
      if (now === 0) taken.delete(client);
      else taken.set(client, now);
    };
  };
};

type Rendering = {
  readonly render: (event: object) => Promise<ExecutionResult>;
  readonly waitUntilPaid: (signal: AbortSignal) => Promise<void>;
  readonly leave: () => void;
};

/** An answer for each event. By hand, because a generator that waits cannot be ended from outside. */
const answersTo = (
  events: AsyncIterator<unknown>,
  { render, waitUntilPaid, leave }: Rendering,
): AsyncIterableIterator<ExecutionResult> => {
  const stopping = new AbortController();

  const next = async (): Promise<IteratorResult<ExecutionResult, undefined>> => {
    try {
      const step = await events.next();
      if (step.done !== true) {
        // What changes meanwhile is the next event.
        await waitUntilPaid(stopping.signal);
        return { done: false, value: await render(step.value as object) };
      }
    } catch (error) {
      leave();
      if (!stopping.signal.aborted) throw error;
    }
    leave();
    return { done: true, value: undefined };
  };

  const end = async (): Promise<IteratorResult<ExecutionResult, undefined>> => {
    leave();
    stopping.abort();
    await events.return?.();
    return { done: true, value: undefined };
  };

  return {
    next,
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

/** Live updates: bounded in number, rendered once for equals, and paid for like any other work. */
export const createSubscriptions = (
  { limits, clock }: Pick<EdgeServices, 'limits' | 'clock'>,
  prices: Prices,
): Subscriptions => {
  const renderings = createRenderings();
  const takePlace = createPlaces(limits.subscriptionsPerClientMax);

  const renderingFor = (subscribing: Subscribing): Rendering => {
    const { run, cost, leave } = subscribing;
    const { address } = run.context;
    let { viewer } = run.context;
    let name = nameOf(run);
    return {
      leave,
      render: (event) => {
        if (run.context.viewer !== viewer) {
          viewer = run.context.viewer;
          name = nameOf(run);
        }
        return renderings(event, name, async () => {
          run.payer.pay(cost);
          return execute({ ...subscribing, rootValue: event });
        });
      },
      waitUntilPaid: async (signal) => {
        for (let waitMs = prices.debtMs(address); waitMs > 0; waitMs = prices.debtMs(address))
          await clock.sleep(waitMs as Millis, signal);
      },
    };
  };

  return {
    enter: (viewer, address) => {
      const leave = takePlace(viewer.kind === 'account' ? viewer.id : `address ${address}`);
      if (leave) return leave;
      const { subscriptionsPerClientMax: max } = limits;
      throw refusal('RATE_LIMITED', `There are at most ${max} live updates at once. End some of them first.`);
    },
    run: async (subscribing) => {
      try {
        await subscribing.run.context.refresh();
        const events = await createSourceEventStream(subscribing);
        if (isIterable(events)) return answersTo(events[Symbol.asyncIterator](), renderingFor(subscribing));
        subscribing.leave();
        return events;
      } catch (error) {
        subscribing.leave();
        throw error;
      }
    },
  };
};
