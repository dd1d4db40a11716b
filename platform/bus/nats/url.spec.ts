import { isFault } from '../../faults';
import { natsAddressOf } from './url';

describe('the URL of NATS', () => {
  it.each([
    ['nats://localhost', { servers: ['localhost:4222'], tls: false }],
    ['nats://a:1, nats://b:2/', { servers: ['a:1', 'b:2'], tls: false }],
    ['tls://[::1]:4222', { servers: ['[::1]:4222'], tls: true }],
    ['nats://me:p%40ss@a', { servers: ['a:4222'], tls: false, user: 'me', pass: 'p@ss' }],
    ['nats://t0ken@a', { servers: ['a:4222'], tls: false, token: 't0ken' }],
    ['nats://a,nats://me:pw@b', { servers: ['a:4222', 'b:4222'], tls: false, user: 'me', pass: 'pw' }],
  ])('%s', (text, address) => {
    expect(natsAddressOf(text)).toEqual(address);
  });

  it.each([
    ['', 'server 1'],
    ['localhost:4222', 'nats:// or tls://'],
    ['http://host', 'nats:// or tls://'],
    ['nats://', 'host'],
    ['nats://a,nats://b:99999', 'server 2'],
    ['nats://me:hunter2@a/path', 'more than servers'],
    ['nats://a?tls=yes', 'more than servers'],
  ])('is refused, with what to set and without a password: %s', (text, says) => {
    const refused = (): unknown => {
      try {
        return natsAddressOf(text);
      } catch (error) {
        return error;
      }
    };
    const error = refused();
    if (!isFault(error, 'CONFIG_INVALID')) throw new Error('It was taken');
    expect(error.message).toContain('WAYBILL_BUS');
    expect(error.message).toContain('nats://name:password@host:4222');
    expect(error.message).toContain(says);
    expect(error.message).not.toContain('hunter2');
  });
});
