import type { DocumentChanged } from '../../../platform/bus';
import { createChanges } from './change-feed';

describe('changes of documents', () => {
  it('wake all listeners if some may have been missed', async () => {
    let missed: () => void = () => undefined;
    let tell: (change: DocumentChanged) => void = () => undefined;
    const changes = createChanges({
      onChange: async (handler, onMissed = () => undefined) => {
        [tell, missed] = [handler, onMissed];
        return { stop: async () => undefined };
      },
    });
    await changes.start();
    const woken: string[] = [];
    changes.listen('orders/a', () => woken.push('a'));
    changes.listen('orders/b', () => woken.push('b')).stop();
    changes.listen('orders/c', () => woken.push('c'));
    tell({ collection: 'orders_v2', id: 'a', position: '1' });
    expect(woken).toEqual(['a']);
    missed();
    expect(woken).toEqual(['a', 'a', 'c']);
  });
});
