import type { Position as StorePosition } from '@eventstore/db-client';
import type { Position } from '../event-store';

const DIGITS = 20;

const fixed = (value: bigint): string => value.toString().padStart(DIGITS, '0');

/** Formats both numbers with a fixed width, so that text order is the order of events. */
export const positionOf = ({ commit, prepare }: StorePosition): Position =>
  `${fixed(commit)}/${fixed(prepare)}` as Position;

/** @throws Error for a position that another engine made. */
export const storePositionOf = (position: Position): StorePosition => {
  const [commit = '', prepare = '', ...rest] = position.split('/');
  if (rest.length > 0 || !/^\d+$/.test(commit) || !/^\d+$/.test(prepare))
    throw new Error(`"${position}" is no position of EventStoreDB`);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};
