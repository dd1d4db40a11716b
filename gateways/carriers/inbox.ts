import type { Aggregates, CommandContext } from '../../platform/execution';
import {
  carrierInbound,
  type CarrierAnswer,
  type CarrierDialect,
  type CarrierInboundCommand,
  type CarrierInboundState,
  type CarrierReport,
  type InboundOutcome,
} from '../../domain/carrier-inbound';
import type { CarrierInboundId, Millis } from '../../domain/kernel';
import { commandId, uuidV7 } from '../../platform/ids';
import { currentTraceparent } from '../../platform/telemetry';
import { rootContext, untilKnown, untilPossible, type UntilKnownDeps } from '../../platform/execution';
import type { ReportHandler, CarrierMessageReport } from './report-handler';
import type { Settled } from './dialects';

export type InboxDeps = UntilKnownDeps & {
  readonly aggregates: Aggregates;
  readonly reportHandler: ReportHandler;
  readonly answerWithinMs: number;
};

/** An authenticated message. `key`: see `Inbound`. */
export type Message = {
  readonly carrier: string;
  readonly dialect: CarrierDialect;
  readonly path: string;
  readonly report: CarrierReport;
  readonly key: { readonly text: string; readonly certain: boolean } | undefined;
  /** The raw body. */
  readonly body: string;
  readonly traceparent: string | undefined;
  readonly answer: (settled: Settled) => CarrierAnswer;
};

type StoredState = Exclude<CarrierInboundState, { status: 'none' }>;

/** Receives carriers' messages: each is stored before it is applied, has one effect, and gets the same answer each time. */
export class Inbox {
  /** The messages in progress. A copy that arrives meanwhile gets the same answer. */
  private readonly inProgress = new Map<CarrierInboundId, Promise<CarrierAnswer>>();
  /** The number of messages that were answered as stored and have no outcome yet. */
  private answeredWithoutOutcome = 0;

  constructor(private readonly deps: InboxDeps) {}

  /** Returns the number of messages that are stored, or about to be, without an outcome. */
  get openCount(): number {
    return this.inProgress.size + this.answeredWithoutOutcome;
  }

  receive(message: Message): Promise<CarrierAnswer> {
    const id = this.idOf(message);
    const running = this.inProgress.get(id);
    if (running) return running;
    const started = this.storeAndApply(id, message).finally(() => this.inProgress.delete(id));
    this.inProgress.set(id, started);
    return started;
  }

  /** Applies a stored message that a crash interrupted, or that an operator retries. */
  async applyAgain(id: CarrierInboundId): Promise<void> {
    const state = await this.deps.aggregates.of(carrierInbound).load(id);
    if (state.status !== 'received') return;
    const context = this.contextOf(id, state.carrier, undefined);
    const outcome = await this.apply(state, context);
    await this.recordResult(
      id,
      { outcome },
      { ...context, commandId: uuidV7(this.deps.clock, this.deps.random) },
    );
  }

  private idOf({ carrier, key }: Message): CarrierInboundId {
    const { clock, random } = this.deps;
    const id = key === undefined ? uuidV7(clock, random) : commandId(`carrier ${carrier}`, key.text);
    return id as CarrierInboundId;
  }

  private async storeAndApply(id: CarrierInboundId, message: Message): Promise<CarrierAnswer> {
    const { carrier, dialect, path, report, key, body, traceparent } = message;
    const { aggregates, clock } = this.deps;
    const context = this.contextOf(id, carrier, currentTraceparent() ?? traceparent);
    const messageKey = key?.text ?? id;
    const receive: CarrierInboundCommand = {
      ...{ type: 'ReceiveCarrierInbound', carrierInboundId: id, carrier, dialect, path, messageKey },
      ...{ report, body, at: clock.now() },
    };
    const messages = aggregates.of(carrierInbound);
    await untilKnown(this.deps, () => messages.execute(id, receive, context, { assumeNew: true }));
    const state = await messages.load(id);
    if (state.status === 'none') throw new Error(`Message ${id} was stored but cannot be loaded`);
    const previousAnswer = this.answerToRepeat(state, message);
    return previousAnswer ?? this.applyAndAnswer(id, message, context);
  }

  private answerToRepeat(state: StoredState, { key }: Message): CarrierAnswer | undefined {
    if (state.answer === undefined) return undefined;
    // Without a certain id a repeat of a parked message may be a new report, which may fit now.
    return state.status === 'parked' && key?.certain !== true ? undefined : state.answer;
  }

  private async applyAndAnswer(
    id: CarrierInboundId,
    message: Message,
    context: CommandContext,
  ): Promise<CarrierAnswer> {
    const { clock, answerWithinMs, logger } = this.deps;
    const step = (purpose: string): CommandContext => ({
      ...context,
      // The outcome of another attempt is another command.
      commandId: commandId(id, `${purpose} ${clock.now()}`),
    });
    let isAnswered = false;
    const applying = this.apply(message, context).then(async (outcome) => {
      const answer = isAnswered ? undefined : message.answer(outcome);
      await this.recordResult(id, { outcome, ...(answer && { answer }) }, step('settle'));
      return answer;
    });
    const timeout = new AbortController();
    const late = clock.sleep(answerWithinMs as Millis, timeout.signal).then(
      () => 'late' as const,
      () => undefined,
    );
    const first = await Promise.race([applying, late]).finally(() => timeout.abort());
    if (first !== undefined && first !== 'late') return first;
    isAnswered = true;
    this.answeredWithoutOutcome += 1;
    // The message is stored, so it may be acknowledged; it continues here or after the next start.
    void applying
      .catch((error: unknown) => logger.error({ id, error }, 'A message of a carrier waits for a restart'))
      .finally(() => (this.answeredWithoutOutcome -= 1));
    const answer = message.answer({ kind: 'stored' });
    await this.recordResult(id, { answer }, step('answer'));
    // If the outcome was stored first, its answer is the one for every copy.
    const state = await this.deps.aggregates.of(carrierInbound).load(id);
    return (state.status === 'none' ? undefined : state.answer) ?? answer;
  }

  private apply(report: CarrierMessageReport, context: CommandContext): Promise<InboundOutcome> {
    return untilPossible(this.deps, () => this.deps.reportHandler.apply(report, context));
  }

  private async recordResult(
    id: CarrierInboundId,
    what: { readonly outcome?: InboundOutcome | undefined; readonly answer?: CarrierAnswer | undefined },
    context: CommandContext,
  ): Promise<void> {
    const { aggregates, clock, logger } = this.deps;
    const settle = { type: 'SettleCarrierInbound', carrierInboundId: id, ...what, at: clock.now() } as const;
    await untilKnown(this.deps, () => aggregates.of(carrierInbound).execute(id, settle, context));
    if (what.outcome?.kind === 'parked')
      logger.warn(
        { id, ...what.outcome },
        'A message of a carrier does not fit the present state; it is parked',
      );
  }

  private contextOf(id: string, carrier: string, traceparent: string | undefined): CommandContext {
    const principal = { kind: 'gateway', id: `carrier:${carrier}`, roles: ['carrier'] } as const;
    return { ...rootContext(id, principal), traceparent };
  }
}
