/** The name under which the file of the events is attached. */
export const EVENTS = 'waybill_events';

const metadata = (field: string): string =>
  `CASE WHEN typeof(e.metadata) = 'text' AND json_valid(e.metadata) THEN json_extract(e.metadata, '$.${field}') END`;

const uuid = [
  [1, 8],
  [9, 4],
  [13, 4],
  [17, 4],
  [21, 12],
]
  .map(([from, length]) => `substr(lower(hex(e.id)), ${from}, ${length})`)
  .join(" || '-' || ");

const recordedAt = `strftime('%Y-%m-%dT%H:%M:%fZ', e.recorded_at / 1000.0, 'unixepoch')`;

/**
 * The columns of `event_log` over the embedded event store, by name. System events of EventStoreDB's protocol are left out.
 *
 * @param offsetsTable - the table of the offsets of the shop's time zone.
 */
export const eventLogQuery = (offsetsTable: string): string => {
  const columns: Readonly<Record<string, string>> = {
    position: `printf('%020d', e.position)`,
    event_id: uuid,
    stream: 's.name',
    category: `substr(s.name, 1, max(instr(s.name, '-') - 1, 0))`,
    revision: 'e.revision',
    type: 'e.type',
    recorded_at: recordedAt,
    recorded_at_local:
      `strftime('%Y-%m-%dT%H:%M:%f', ${recordedAt}, (SELECT minutes || ' minutes' FROM ${offsetsTable} ` +
      `WHERE until > ${recordedAt} ORDER BY until LIMIT 1))`,
    actor: metadata('actor'),
    correlation_id: metadata('$correlationId').replace('$.$correlationId', '$."$correlationId"'),
    causation_id: metadata('$causationId').replace('$.$causationId', '$."$causationId"'),
    traceparent: metadata('traceparent'),
  };
  const values = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
  return (
    `SELECT ${values.join(', ')} FROM ${EVENTS}.events e JOIN ${EVENTS}.streams s ON s.number = e.stream ` +
    `WHERE substr(e.type, 1, 1) <> '$'`
  );
};
