/**
 * `promotes`: whether a copy serves as soon as it has caught up, or waits for `promote`. `budget`: the most events of the history
 * that are read in a second, from 1; without a limit if absent.
 */
export type RebuildOptions = { readonly promotes: boolean; readonly budget?: number | undefined };

/** A change of the copies of read models that an operator requests. Plain JSON, so that another process can do it. */
export type Operation =
  | ({ readonly action: 'rebuild'; readonly readModels: readonly string[] } & RebuildOptions)
  | {
      readonly action: 'pause' | 'resume';
      readonly readModel: string;
      /** The version of the copy. Absent: of the serving one. */
      readonly version?: number | undefined;
    }
  | { readonly action: 'promote' | 'rollback' | 'retire'; readonly readModel: string }
  | { readonly action: 'replay'; readonly parkedEventId: string };

/** The reason why an operation was not done. */
export type OperationRejection =
  | { readonly code: 'READ_MODEL_NOT_FOUND'; readonly readModel: string }
  | { readonly code: 'READ_MODEL_WRONG_STATE'; readonly readModel: string; readonly reason: string }
  | { readonly code: 'PARKED_EVENT_NOT_FOUND'; readonly parkedEventId: string }
  | { readonly code: 'PARKED_EVENT_FAILS'; readonly parkedEventId: string; readonly reason: string };

/** A copy that an operation has made or changed. */
export type OperatedCopy = { readonly readModel: string; readonly version: number };

export type OperationOutcome =
  | { readonly kind: 'done'; readonly copies: readonly OperatedCopy[] }
  | { readonly kind: 'rejected'; readonly rejection: OperationRejection };

/** The operations on the read models, whichever process maintains them. */
export interface Operations {
  /**
   * @throws Fault `READ_MODELS_UNAVAILABLE` if no process maintains the read models; `DEADLINE_EXCEEDED` if the one that
   * does has not answered in time: the operation may still be done.
   */
  perform(operation: Operation): Promise<OperationOutcome>;
}

/** Ends an operation with its rejection, from any depth; `outcomeOf` returns it as a value. */
export class OperationRejected extends Error {
  constructor(readonly rejection: OperationRejection) {
    super('reason' in rejection ? rejection.reason : rejection.code);
    this.name = 'OperationRejected';
  }
}

/** Returns the rejection of an operation that the present copies of a read model do not permit. */
export const wrongState = (readModel: string, reason: string): OperationRejected =>
  new OperationRejected({ code: 'READ_MODEL_WRONG_STATE', readModel, reason });

export const outcomeOf = async (work: () => Promise<readonly OperatedCopy[]>): Promise<OperationOutcome> => {
  try {
    return { kind: 'done', copies: await work() };
  } catch (error) {
    if (!(error instanceof OperationRejected)) throw error;
    return { kind: 'rejected', rejection: error.rejection };
  }
};
