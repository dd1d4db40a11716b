import type { Position } from './event-store';

const DIGITS = 20;

/** Formats a non-negative integer so that text order is number order. */
export const positionOf = (value: bigint | number): Position =>
  value.toString().padStart(DIGITS, '0') as Position;
