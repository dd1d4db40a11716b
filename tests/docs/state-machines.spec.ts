import type { WayOut } from '../../domain/kernel';
import { afterSalesStateDiagram, afterSalesWaysOut } from '../../domain/after-sales';
import { orderStateDiagram, orderStatuses, orderVocabularies, orderWaysOut } from '../../domain/order';
import { shipmentStateDiagram, shipmentWaysOut } from '../../domain/shipment';
import { expectGenerated } from '../support/generated-file';

const diagram = (title: string, lines: readonly string[]): string[] => [
  `## ${title}`,
  '',
  '```mermaid',
  'stateDiagram-v2',
  ...lines.map((line) => `    ${line}`),
  '```',
  '',
];

const waysOut = (table: Readonly<Record<string, WayOut>>): string[] => [
  '| Status | What leads out of it | May rest there | Alert |',
  '| --- | --- | --- | --- |',
  ...Object.entries(table).map(
    ([status, { leadsOut, isFinal, alert }]) =>
      `| ${status} | ${leadsOut} | ${isFinal ? 'yes' : 'no'} | ${alert ?? ''} |`,
  ),
  '',
];

const vocabularies = (): string[] => {
  const all = Object.entries(orderVocabularies);
  return [
    '### In the words of other shops',
    '',
    'One machine answers in the vocabularies of five kinds of shops (`Order.statusIn`); a dash: that shop has no word for it.',
    '',
    `| Status | ${all.map(([name]) => name).join(' | ')} |`,
    `| --- |${' --- |'.repeat(all.length)}`,
    ...orderStatuses.map(
      (status) => `| ${status} | ${all.map(([, { words }]) => words[status] ?? '–').join(' | ')} |`,
    ),
    '',
    ...all.map(([name, { about }]) => `- ${name}: ${about}`),
    '',
  ];
};

it('docs/reference/state-machines.md is drawn from the deciders', () =>
  expectGenerated(
    'docs/reference/state-machines.md',
    [
      '# State machines',
      '',
      'Drawn from the tables in `domain/`, which tests hold against the deciders. An arrow is labelled with the event that takes it.',
      '',
      'Under each diagram a table says what leads out of each status, and which [alert](../../ops/observability/alerts.yml) calls people where nothing does in time.',
      '',
      ...diagram('Order', orderStateDiagram),
      ...waysOut(orderWaysOut),
      ...vocabularies(),
      ...diagram('Shipment', shipmentStateDiagram),
      ...waysOut(shipmentWaysOut),
      ...diagram('After-sales request', afterSalesStateDiagram),
      ...waysOut(afterSalesWaysOut),
    ].join('\n'),
  ));
