import type { WayOut } from '../../domain/kernel';
import { orderStateDiagram, orderWaysOut } from '../../domain/order';
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
      ...diagram('Shipment', shipmentStateDiagram),
      ...waysOut(shipmentWaysOut),
    ].join('\n'),
  ));
