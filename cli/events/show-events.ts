import { momentOf, withoutSecrets, type RecordedEvent } from '../../platform/event-store';
import type { Terminal } from '../program/command';

const jsonOf = (event: RecordedEvent): object => ({
  ...event,
  revision: Number(event.revision),
  moment: momentOf(event),
  data: withoutSecrets(event.data),
});

/** Prints one event as a line: for people, or as JSON. Hashes of secrets are replaced. */
export const printEvent = (event: RecordedEvent, isJson: boolean, terminal: Terminal): void => {
  if (isJson) terminal.out(JSON.stringify(jsonOf(event)));
  else {
    const { position, type, stream, revision, metadata } = event;
    terminal.out(`${position}  ${momentOf(event)}  ${type}  ${stream} @ ${revision}  ${metadata.actor}`);
  }
};

/** Prints one event with its data and its origin, for people. */
export const printWhole = (event: RecordedEvent, terminal: Terminal): void => {
  printEvent(event, false, terminal);
  const { id, metadata, data, recordedAt } = event;
  terminal.out(`  id ${id}, schema ${metadata.schema}, stored ${recordedAt}`);
  terminal.out(`  command ${metadata.$causationId}, first request ${metadata.$correlationId}`);
  if (metadata.traceparent !== undefined) terminal.out(`  trace context ${metadata.traceparent}`);
  for (const line of JSON.stringify(withoutSecrets(data), undefined, 2).split('\n'))
    terminal.out(`  ${line}`);
};
