import { searchOf } from '../../web/ui/search';

describe('the state of a page in its address', () => {
  const search = searchOf({ sort: ['NAME', 'PRICE'], query: 'text' });

  it('is what the address says, numbers as text', () => {
    expect(search({ sort: 'PRICE', query: 7 })).toEqual({ sort: 'PRICE', query: '7' });
  });

  it('names a value that is not allowed as absent, because the router keeps what is left out', () => {
    expect(Object.entries(search({ sort: 'FASTEST', other: 'x' }))).toEqual([['sort', undefined]]);
  });
});
