import { envelopeTime, epochMsOfEnvelope } from './index';

const epochMs = Date.UTC(2026, 10, 28, 19, 0, 31, 799);

describe('the time of an envelope', () => {
  it('has six digits of a second and no zone', () => {
    const written = envelopeTime(new Date(epochMs).toISOString());
    expect(written).toBe('2026-11-28T19:00:31.799000');
    expect(epochMsOfEnvelope(written)).toBe(epochMs);
  });

  it.each([
    '2026-11-28T19:00:31.799Z',
    '2026-11-28T19:00:31.799123456',
    '2026-11-28 19:00:31.799',
    '2026-11-28t19:00:31,799z',
    '2026-11-28T21:30:31.799+02:30',
    '2026-11-28T14:00:31.799-05',
    '20261128T190031.799Z',
  ])('is read from %s', (text) => expect(epochMsOfEnvelope(text)).toBe(epochMs));

  it('may leave out what is smaller than a minute', () =>
    expect(epochMsOfEnvelope('2026-11-28T19:00')).toBe(Date.UTC(2026, 10, 28, 19)));

  it.each([
    '',
    'yesterday',
    '1764356431',
    '2026-02-30T08:00:00Z',
    '2026-13-01T00:00:00',
    '2026-01-01T24:00:00Z',
    '2026-01-01',
  ])('is not read from "%s"', (text) => expect(epochMsOfEnvelope(text)).toBeUndefined());
});
