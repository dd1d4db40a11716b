import { messageOf, type Rejection } from '../../commands/rejections';
import { OperationRejected } from '../../platform/projections';
import { exitCodes, type ExitCode } from '../program/command';

/** An operation on the read models that was rejected, here or by the platform that runs. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const exitCodeOf: Partial<Record<string, ExitCode>> = {
  READ_MODEL_NOT_FOUND: exitCodes.notFound,
  PARKED_EVENT_NOT_FOUND: exitCodes.notFound,
  READ_MODEL_WRONG_STATE: exitCodes.conflict,
};

export const refusedBy = (rejection: Rejection): Refused => new Refused(rejection.code, messageOf(rejection));

/** Returns the exit code of a rejection after printing it. @throws any other error. */
export const reportRefusal = (error: unknown, err: (line: string) => void): ExitCode => {
  const refused = error instanceof OperationRejected ? refusedBy(error.rejection) : error;
  if (!(refused instanceof Refused)) throw error;
  err(`${refused.code}: ${refused.message}`);
  return exitCodeOf[refused.code] ?? exitCodes.failed;
};
