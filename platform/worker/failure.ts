import { Fault, faultCodes, isDiskFull, isFault } from '../faults';
import type { FaultCode } from '../faults';
import type { Failure } from './calls';

const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(faultCodes, code);

/** Converts an error to plain data, because structured clone keeps neither an error's class nor its code. */
export const failureOf = (error: unknown): Failure => {
  if (isFault(error)) return { fault: error.code, message: error.message, stack: error.stack };
  if (isDiskFull(error)) return { fault: 'STORE_FULL', message: 'The disk is full' };
  if (error instanceof Error) return { message: error.message, stack: error.stack };
  return { message: String(error) };
};

export const errorOf = ({ fault, message, stack }: Failure): Error => {
  const error = fault !== undefined && isFaultCode(fault) ? new Fault(fault, message) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
};
