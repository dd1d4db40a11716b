import { ids } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { createDeviceTokens } from './device-tokens';
import { createTokens } from './tokens';

const secret = 'a secret of thirty-two characters';
const other = 'another of thirty-two characters!';
const ada = { id: ids.ada, email: 'ada@example.com', name: 'Ada', roles: ['customer'] } as const;
const device = { id: 'session', email: 'ada@example.com' };

const setUp = () => {
  const clock = createVirtualClock();
  const settings = { secrets: [secret] } as const;
  return { clock, tokens: createDeviceTokens(settings, clock), access: createTokens(settings, clock) };
};

describe('a device token', () => {
  it('tells for a year who logged in on the device, also when the secret is exchanged', async () => {
    const { clock, tokens } = setUp();
    const token = await tokens.issue(device);
    expect(await tokens.read(token)).toEqual(device);
    const exchanged = createDeviceTokens({ secrets: [other, secret] }, clock);
    await clock.advance(365 * 24 * 3_600_000 - 1);
    expect(await exchanged.read(token)).toEqual(device);
    await clock.advance(1);
    expect(await exchanged.read(token)).toBeUndefined();
  });

  it('is not taken for an access token, nor the other way round', async () => {
    const { tokens, access } = setUp();
    const { accessToken } = await access.issue(ada);
    expect(await tokens.read(accessToken)).toBeUndefined();
    expect(await access.read(await tokens.issue(device))).toEqual({ kind: 'guest', because: 'invalid' });
  });

  it('of another secret does not count', async () => {
    const { clock, tokens } = setUp();
    const forged = await createDeviceTokens({ secrets: [other] }, clock).issue(device);
    expect(await tokens.read(forged)).toBeUndefined();
  });

  it.each(['', 'x', 'x'.repeat(5_000)])('is not read from %s', async (text) => {
    expect(await setUp().tokens.read(text)).toBeUndefined();
  });
});
