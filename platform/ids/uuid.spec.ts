import fc from 'fast-check';
import type { Clock, Random } from '../clock';
import { instantOf } from '../../domain/kernel';
import { eventId, orderIdOfCart, productId } from './derive';
import { uuidV5, uuidV7 } from './uuid';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('UUID version 5', () => {
  it('agrees with the vector of RFC 9562, appendix A.4', () => {
    expect(uuidV5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('names different things differently and the same thing the same', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(uuidV5(DNS, a) === uuidV5(DNS, b)).toBe(a === b);
      }),
    ));
});

describe('UUID version 7', () => {
  const random: Random = { next: () => 0, bytes: (length) => new Uint8Array(length).fill(0xff) };
  const at = (epochMs: number): Clock => ({ now: () => instantOf(epochMs) }) as Clock;

  it('begins with the milliseconds of its moment', () => {
    expect(uuidV7(at(0x017f22e279b0), random)).toBe('017f22e2-79b0-7fff-bfff-ffffffffffff');
  });
});

describe('derived ids', () => {
  it('stay what they are for ever', () => {
    expect(productId('85123A')).toBe('2fe7ae00-aa80-58f3-8f49-e2e132ce6539');
    expect(orderIdOfCart('a' as never, 3)).not.toBe(orderIdOfCart('a' as never, 4));
    expect(eventId(DNS, 0)).not.toBe(eventId(DNS, 1));
  });
});
