import { streamName } from '../platform/event-store';
import { recorded } from '../tests/support/projections/it-projects';
import { personalStreams } from './personal-streams';

const ann = '5d0b6c3e-0000-5000-8000-000000000001';

const changed = (type: string, data: object) => {
  const event = { ...recorded({ type, data }), stream: streamName('order', 7) };
  const handler = personalStreams.handlers[type];
  return handler?.ids(event).map((id) => handler.evolve(undefined, event, id));
};

it('has a document for each stream and person', () => {
  const document = { id: `order-7/${ann}`, personId: ann, stream: 'order-7' };
  expect(changed('OrderPlaced', { customerId: ann })).toEqual([document]);
  expect(changed('CarrierMessageQueued', { notice: { customerId: ann } })).toEqual([document]);
  expect(changed('OrderDestinationChanged', {})).toEqual([]);
});
