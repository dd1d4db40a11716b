import { parseArgs } from 'node:util';
import { readConfig } from '../../platform/config';
import {
  diffCopies,
  listParked,
  OperationRejected,
  ownCopyOf,
  verifyProjection,
  type AnyProjection,
  type Operation,
  type RebuildProgress,
  type Verification,
} from '../../platform/projections';
import { allProjections } from '../../projections/read-models';
import { exitCodes, UsageError, type Command, type ExitCode, type Invocation } from '../program/command';
import { awaitRebuilds } from '../projections/await-rebuilds';
import { withOperator, withReading, writtenStatuses } from '../projections/operator';
import { reportRefusal } from '../projections/refused';
import { comparisonLines, parkedLines, statusLines } from '../projections/show';
import { realRuntime } from '../program/runtime';
import { bar } from '../program/terminal';

const PARKED_MAX = 1_000;
/** The largest number of a GraphQL Int. */
const BUDGET_MAX = 2 ** 31 - 1;

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      'no-promote': { type: 'boolean', default: false },
      'no-wait': { type: 'boolean', default: false },
      version: { type: 'string' },
      budget: { type: 'string' },
    },
  });

type Given = ReturnType<typeof parse>['values'];

/** One call of the command, with its settings. */
type Call = {
  readonly names: readonly string[];
  readonly given: Given;
  readonly surroundings: Parameters<typeof withReading>[0];
  readonly invocation: Invocation;
};

const projectionOf = (name: string): AnyProjection => {
  const found = allProjections.find(({ collection }) => collection.name === name);
  if (found === undefined) throw new OperationRejected({ code: 'READ_MODEL_NOT_FOUND', readModel: name });
  return found;
};

const oneOf = ({ names }: Call, what = 'the name of one read model'): string => {
  const [name, ...more] = names;
  if (name === undefined || more.length > 0) throw new UsageError(`Give ${what}.`);
  return name;
};

/** Prints data: as JSON, or as lines for people. */
const print = ({ given, invocation }: Call, data: unknown, lines: () => readonly string[]): void => {
  if (given.json) invocation.terminal.out(JSON.stringify(data, undefined, 2));
  else lines().forEach((line) => invocation.terminal.out(line));
};

const list = (call: Call): Promise<ExitCode> =>
  withReading(call.surroundings, async (reading) => {
    call.names.forEach(projectionOf);
    const { runtime } = call.surroundings;
    const statuses = (await writtenStatuses(reading, runtime)).filter(
      ({ name }) => call.names.length === 0 || call.names.includes(name),
    );
    print(call, statuses, () => statusLines(statuses));
    return exitCodes.ok;
  });

const status = (call: Call): Promise<ExitCode> => list({ ...call, names: [oneOf(call)] });

const parked = (call: Call): Promise<ExitCode> =>
  withReading(call.surroundings, async ({ readModels }) => {
    const readModel = call.names.length === 0 ? undefined : oneOf(call);
    if (readModel !== undefined) projectionOf(readModel);
    const found = await listParked(readModels, { readModel, first: PARKED_MAX });
    print(call, found, () => parkedLines(found));
    return exitCodes.ok;
  });

const diff = (call: Call): Promise<ExitCode> =>
  withReading(call.surroundings, async ({ readModels }) => {
    const projection = projectionOf(oneOf(call));
    const { clock } = call.surroundings.runtime;
    const found = await diffCopies({ readModels, clock }, projection);
    const sides = { actual: `version ${found.serving}`, expected: `version ${found.other}` };
    print(call, found, () => comparisonLines(found, sides));
    return found.differing === 0 ? exitCodes.ok : exitCodes.differencesFound;
  });

/** Compares copies with folds of all events, one read model after the other. */
const verify = (call: Call): Promise<ExitCode> =>
  withReading(call.surroundings, async ({ store, readModels }) => {
    const { clock } = call.surroundings.runtime;
    const { terminal } = call.invocation;
    const chosen = call.names.length === 0 ? allProjections : call.names.map(projectionOf);
    const found: Verification[] = [];
    for (const projection of chosen) {
      terminal.progress(bar(found.length, chosen.length, 'read models'));
      const copy = await ownCopyOf(readModels, projection.collection);
      if (copy === undefined)
        terminal.err(`${projection.collection.name} was not compared: code of another version has made it.`);
      else found.push(await verifyProjection({ store, readModels, clock }, projection, copy));
    }
    print(call, found, () =>
      found.flatMap((one) => {
        const actual = `${one.name} version ${one.version}`;
        return comparisonLines(one, { actual, expected: 'its events' });
      }),
    );
    return found.every(({ differing }) => differing === 0) ? exitCodes.ok : exitCodes.differencesFound;
  });

const operate = (call: Call, operation: Operation, names: readonly string[]): Promise<ExitCode> =>
  withOperator(names, call.surroundings, async ({ perform }) => {
    const copies = await perform(operation);
    print(call, copies, () => copies.map(({ readModel, version }) => `${readModel} version ${version}`));
    return exitCodes.ok;
  });

const pauseOrResume = (action: 'pause' | 'resume', call: Call): Promise<ExitCode> => {
  const readModel = oneOf(call);
  const version = call.given.version === undefined ? undefined : Number(call.given.version);
  if (version !== undefined && !Number.isSafeInteger(version))
    throw new UsageError('--version takes a whole number.');
  return operate(call, { action, readModel, version }, [readModel]);
};

/** Waits for a copy that this process builds; a platform that runs rejects the promotion instead. */
const promote = (call: Call): Promise<ExitCode> => {
  const readModel = oneOf(call);
  projectionOf(readModel);
  const { invocation, surroundings } = call;
  const { terminal, signal } = invocation;
  return withOperator([readModel], surroundings, async ({ perform, statuses, isOwn }) => {
    const rebuild = (await statuses()).find(({ name }) => name === readModel)?.rebuild;
    if (isOwn && rebuild && !rebuild.isFormer) {
      const copies = [{ readModel, version: rebuild.version, promotes: false }];
      const { runtime } = surroundings;
      await awaitRebuilds({ copies, statuses, terminal, runtime, signal });
    }
    const copies = await perform({ action: 'promote', readModel });
    print(call, copies, () => copies.map(({ version }) => `${readModel} version ${version}`));
    return exitCodes.ok;
  });
};

const namesToRebuild = ({ names, given }: Call): readonly string[] => {
  if (given.all && names.length > 0) throw new UsageError('Give names or --all, not both.');
  if (given.all) return allProjections.map(({ collection }) => collection.name);
  if (names.length === 0) throw new UsageError('Give the names of read models, or --all.');
  names.forEach(projectionOf);
  return names;
};

const budgetOf = ({ given }: Call): number | undefined => {
  if (given.budget === undefined) return undefined;
  const budget = Number(given.budget);
  if (!Number.isInteger(budget) || budget < 1 || budget > BUDGET_MAX)
    throw new UsageError('--budget takes a whole number of events a second, from 1.');
  return budget;
};

const isUnfinished = (build: RebuildProgress | null): boolean =>
  build !== null && !build.isFormer && build.status === 'catching-up';

const rebuild = (call: Call): Promise<ExitCode> => {
  const names = namesToRebuild(call);
  const { given, invocation, surroundings } = call;
  const { terminal, signal } = invocation;
  const { runtime } = surroundings;
  const promotes = !given['no-promote'];
  const budget = budgetOf(call);
  return withOperator(names, surroundings, async ({ perform, statuses, isOwn }) => {
    const found = isOwn ? await statuses() : [];
    const unfinished = found.filter(
      ({ name, rebuild: build }) => names.includes(name) && isUnfinished(build),
    );
    for (const { name, rebuild: build } of unfinished)
      terminal.err(`${name}: version ${build?.version}, which an earlier rebuild began, is continued.`);
    const fresh = names.filter((name) => unfinished.every((one) => one.name !== name));
    const begun =
      fresh.length === 0 ? [] : await perform({ action: 'rebuild', readModels: fresh, promotes, budget });
    const continued = unfinished.map(({ name, rebuild: build }) => ({
      readModel: name,
      version: build?.version ?? 0,
      promotes: build?.promotes ?? false,
    }));
    const copies = [...begun.map((copy) => ({ ...copy, promotes })), ...continued];
    const startedMs = runtime.clock.monotonicMs();
    const isWaiting = isOwn || !given['no-wait'];
    const isDone = isWaiting && (await awaitRebuilds({ copies, statuses, terminal, runtime, signal }));
    const seconds = (runtime.clock.monotonicMs() - startedMs) / 1_000;
    // Those that an earlier rebuild began to be compared first.
    for (const { readModel } of copies.filter((copy) => isDone && promotes && !copy.promotes))
      await perform({ action: 'promote', readModel });
    print(call, { copies, isDone, seconds }, () =>
      copies.map(({ readModel, version }) => `${readModel} version ${version}`),
    );
    if (isDone)
      terminal.err(promotes ? 'They are promoted.' : 'They have caught up and wait for a promotion.');
    else if (isWaiting) terminal.err('Stopped. A later run, or the platform, continues.');
    return isWaiting && !isDone ? exitCodes.interrupted : exitCodes.ok;
  });
};

const actions: Readonly<Record<string, (call: Call) => Promise<ExitCode>>> = {
  list,
  status,
  rebuild,
  pause: (call) => pauseOrResume('pause', call),
  resume: (call) => pauseOrResume('resume', call),
  diff,
  promote,
  rollback: (call) => operate(call, { action: 'rollback', readModel: oneOf(call) }, call.names),
  retire: (call) => operate(call, { action: 'retire', readModel: oneOf(call) }, call.names),
  verify,
  parked,
  replay: (call) =>
    operate(call, { action: 'replay', parkedEventId: oneOf(call, 'the id of one parked event') }, []),
};

export const projectionsCommand: Command = {
  name: 'projections',
  summary: 'shows, rebuilds, compares and promotes read models',
  usage: `Usage: waybill projections list [NAME…]
       waybill projections status NAME
       waybill projections rebuild NAME… | --all [--no-promote] [--no-wait] [--budget N]
       waybill projections pause | resume NAME [--version N]
       waybill projections diff NAME
       waybill projections promote | rollback | retire NAME
       waybill projections verify [NAME…]
       waybill projections parked [NAME]
       waybill projections replay ID

"list" and "status" show the read models: version, state, and how far they are behind. "rebuild" builds new copies from the first
event beside the ones that serve, and promotes each when it has caught up; several read the history once, together. Killed at any
time, it continues with the next run or start. "diff" compares the serving copy with the other one, "verify" compares copies with a fold of all events; each prints the
fields that differ. "promote" lets the other copy serve at once, "rollback" the one from before, "retire" removes every copy that
does not serve. "pause" and "resume" stop a copy and let it go on. "parked" lists the events that read models left out because
their code failed; "replay" processes one again, after the code has changed.

Works beside a running platform, in one process or several, and without one.

Options
  --all         every read model
  --no-promote  leaves the new copies beside the ones that serve, to be compared first
  --no-wait     returns as soon as a running platform has begun
  --budget N    reads at most N events of the history a second, so that a running platform has time for its users
  --version N   of the copy; default: the one that serves
  --json        the data as JSON

Exit code 3: no such read model or parked event. 4: the copies do not permit it now, e.g. a rebuild runs already, or the copy has
not caught up. 5: an engine does not answer, or no process maintains the read models. 6: "diff" or "verify" found differences.`,
  run: async (invocation) => {
    const { environment, terminal } = invocation;
    const [action = '', ...args] = invocation.args;
    const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (run === undefined) throw new UsageError(`Say what to do: ${Object.keys(actions).join(', ')}.`);
    const { values: given, positionals: names } = parse(args);
    const { config, warnings } = readConfig({ WAYBILL_LOG_LEVEL: 'error', ...environment });
    warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
    const surroundings = { config, runtime: realRuntime(config) };
    try {
      return await run({ names, given, surroundings, invocation });
    } catch (error) {
      return reportRefusal(error, (line) => terminal.err(line));
    }
  },
};
