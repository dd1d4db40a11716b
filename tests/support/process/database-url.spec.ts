import { asUser, inDatabase } from './database-url';

describe('the URL of a database of a suite', () => {
  it.each([
    ['mongodb://a:1', 'mongodb://a:1/mine'],
    ['mongodb://a:1,b:2/?replicaSet=rs0&tls=true', 'mongodb://a:1,b:2/mine?replicaSet=rs0&tls=true'],
    ['mongodb://me:p%40w@a:1/?tls=true', 'mongodb://me:p%40w@a:1/mine?tls=true&authSource=admin'],
    ['mongodb://me:pw@a:1/shop', 'mongodb://me:pw@a:1/mine?authSource=shop'],
    ['mongodb://me:pw@a:1/shop?authSource=users', 'mongodb://me:pw@a:1/mine?authSource=users'],
    ['mongodb+srv://me:pw@c.example.com/?w=1', 'mongodb+srv://me:pw@c.example.com/mine?w=1&authSource=admin'],
  ])('keeps what %s says', (url, expected) => {
    expect(inDatabase(url, 'mine')).toBe(expected);
  });

  it('may be that of another user', () => {
    expect(asUser('mongodb://me:pw@a:1/?tls=true&authMechanism=PLAIN', 'nobody', 'x')).toBe(
      'mongodb://nobody:x@a:1/?tls=true',
    );
    expect(asUser('mongodb://a:1', 'nobody', 'x')).toBe('mongodb://nobody:x@a:1/');
  });
});
