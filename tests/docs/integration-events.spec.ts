import { factsOf, tasksOf } from '../../gateways/integration-events/translate';
import type { Instant } from '../../domain/kernel';
import { positionOf, type RecordedEvent } from '../../platform/event-store';
import { expectGenerated } from '../support/generated-file';
import { integrationRows, origin } from '../support/projections/integration-rows';

const recorded = (type: string, data: object): RecordedEvent => ({
  id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
  type,
  data,
  metadata: { $correlationId: 'c', $causationId: 'c', actor: 'system:docs', schema: 1 },
  stream: 'order-o' as RecordedEvent['stream'],
  revision: 4n,
  position: positionOf(9),
  recordedAt: '2026-01-31T08:00:00.000Z' as Instant,
});

type Line = { readonly topic: string; readonly type: string; readonly source: string; readonly data: object };

const lines: readonly Line[] = integrationRows
  .flatMap(([source, data]) =>
    [...factsOf(recorded(source, data), origin), ...tasksOf(recorded(source, data), origin)].map(
      ({ topic, event }) => ({ topic, type: event.type, source, data: event.data }),
    ),
  )
  .sort((left, right) => left.topic.localeCompare(right.topic));

const row = ({ topic, type, source, data }: Line): string =>
  `| \`${topic}\` | \`${type}\` | \`${source}\` | ${Object.keys(data)
    .map((key) => `\`${key}\``)
    .join(' ')} |`;

it('docs/reference/integration-events.md lists the messages to other systems', () =>
  expectGenerated(
    'docs/reference/integration-events.md',
    [
      '# Integration events',
      '',
      'The messages that Waybill publishes to other systems over the bus: [CloudEvents 1.0](https://cloudevents.io) as JSON, structured mode; on NATS, one JetStream stream a topic (`order.events` is the stream `order_events`), `Nats-Msg-Id` the id of the event.',
      '',
      '- **At least once, in no certain order.** Recognize repeats by `id`; of two messages about one entity the newer has the higher `data.revision`.',
      '- **Made from recorded events only.** Each message comes from one event of the event store; the checkpoint is saved once the bus has the message.',
      '- **No personal data**: no name, e-mail address, destination or words of a customer. A receiver with the right to know them reads them by id.',
      '- **Notifications are recent**: no notification is published for an event that is more than a day old, however often events are republished.',
      '',
      '[Webhook endpoints](../how-to/receive-webhooks.md) receive the same messages, without those of `notification.tasks`; merchants receive those about their own goods.',
      '',
      '| Topic | Type | From the event | Data |',
      '| --- | --- | --- | --- |',
      ...lines.map(row),
      '',
    ].join('\n'),
  ));
