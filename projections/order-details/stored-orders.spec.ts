import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fold } from '../../domain/kernel';
import { order, statusOf, type OrderEvent } from '../../domain/order';
import { projected } from '../../tests/support/projections/it-projects';
import { orderDetails } from './';
import type { Shown } from './timeline-text';

const folder = path.join(__dirname, '../../tests/golden/order');
const streams = readdirSync(folder).map((name) => {
  const stored = readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n').slice(1);
  return { name, events: stored.map((line) => JSON.parse(line) as OrderEvent) };
});

it.each(streams)('shows the status of the order after each fact of $name', ({ events }) => {
  for (let count = 1; count <= events.length; count += 1) {
    const sofar = events.slice(0, count);
    const state = fold(order.evolve, order.initial, sofar);
    if (state.progress === 'NONE') throw new Error('A stream begins with OrderPlaced');
    const shown = sofar.filter(({ type }) => type in orderDetails.handlers) as readonly Shown[];
    const [document] = projected(orderDetails, shown).values();
    expect(document).toMatchObject({ status: statusOf(state), progress: state.progress });
  }
});
