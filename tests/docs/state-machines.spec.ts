import { orderStateDiagram } from '../../domain/order';
import { shipmentStateDiagram } from '../../domain/shipment';
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

it('docs/reference/state-machines.md is drawn from the deciders', () =>
  expectGenerated(
    'docs/reference/state-machines.md',
    [
      '# State machines',
      '',
      'Drawn from the tables in `domain/`, which tests hold against the deciders. An arrow is labelled with the event that takes it.',
      '',
      ...diagram('Order', orderStateDiagram),
      ...diagram('Shipment', shipmentStateDiagram),
    ].join('\n'),
  ));
