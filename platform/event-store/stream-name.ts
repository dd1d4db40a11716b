import type { StreamName } from './event-store';

/** Builds a stream's name; no other code does. KurrentDB's category projection cuts at the first `-`. */
export const streamName = (category: string, id: string | number): StreamName => {
  if (category.includes('-')) throw new Error(`A stream category holds no "-": ${category}`);
  return `${category}-${id}` as StreamName;
};

export const categoryOf = (stream: StreamName): string => stream.slice(0, stream.indexOf('-'));

export const streamIdOf = (stream: StreamName): string => stream.slice(stream.indexOf('-') + 1);
