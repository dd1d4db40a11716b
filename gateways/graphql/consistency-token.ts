import type { Position } from '../../platform/event-store';

const TOKEN = /^[\x21-\x7e]{1,100}$/;

/** Whether it has the form of a token that a mutation answers with; to the edge it is opaque. */
export const isConsistencyToken = (value: unknown): value is Position =>
  typeof value === 'string' && TOKEN.test(value);
