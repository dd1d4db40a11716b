import type { Instant } from '../../../domain/kernel';
import { ids, startEdge, type EdgeSettings } from '../../../tests/support/graphql/edge';

type Edge = ReturnType<typeof startEdge>;

const onEdge = async <Result>(
  settings: EdgeSettings,
  work: (edge: Edge) => Promise<Result>,
): Promise<Result> => {
  const edge = startEdge(settings);
  try {
    return await work(edge);
  } finally {
    await edge.app.close();
  }
};

const refresh = (token: string) =>
  `mutation { refreshSession(input: { refreshToken: "${token}", idempotencyKey: "k" }) { __typename } }`;

describe('a wrong present password', () => {
  const change =
    'mutation { changePassword(input: { currentPassword: "a guess", newPassword: "another" }) { __typename } }';

  it('is limited for the account of the access token, wherever it comes from', () =>
    onEdge({}, async ({ ask, commands, tokenOf }) => {
      commands.reject('changePassword', { code: 'CREDENTIALS_WRONG' });
      const as = await tokenOf(ids.ada);
      for (let time = 0; time < 10; time += 1)
        expect((await ask(change, { as })).data).toEqual({
          changePassword: { __typename: 'CredentialsWrongError' },
        });
      const refused = await ask(change, { as });
      expect(refused.errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
    }));

  it('is not limited for a guest, who cannot send it', () =>
    onEdge({}, async ({ ask }) => {
      const refused = await ask(change);
      expect(refused.errors?.[0]?.extensions.code).toBe('NOT_AUTHENTICATED');
    }));
});

describe('the idempotency key of a guest', () => {
  const signUp = (email: string, password: string) =>
    `mutation { signUp(input: { email: "${email}", password: "${password}", name: "A", idempotencyKey: "k" }) { __typename } }`;
  const commandIdsOf = (secret: string, ...queries: readonly string[]) =>
    onEdge({ tokens: { secrets: [secret] } }, async ({ ask, commands }) => {
      for (const query of queries) await ask(query);
      return commands.sent.map(({ context }) => context.commandId);
    });
  const [secret, another] = ['1'.repeat(32), '2'.repeat(32)] as const;

  it('does not let two meet who chose the same', async () => {
    const [one, two, again] = await commandIdsOf(secret, refresh('one'), refresh('two'), refresh('one'));
    expect(one).not.toBe(two);
    expect(again).toBe(one);
  });

  it('belongs to the e-mail address, with any password', async () => {
    const [first, guess, someoneElse] = await commandIdsOf(
      secret,
      signUp('ada@x.org', 'correct horse'),
      signUp(' Ada@X.org', 'a guess'),
      signUp('eve@x.org', 'correct horse'),
    );
    expect(guess).toBe(first);
    expect(someoneElse).not.toBe(first);
  });

  it('makes a command id that tells nothing to who has not the secret of the server', async () => {
    const query = signUp('ada@x.org', 'correct horse');
    const sent = await commandIdsOf(secret, query);
    expect(await commandIdsOf(secret, query)).toEqual(sent);
    expect(await commandIdsOf(another, query)).not.toEqual(sent);
  });

  it('makes the same command when the access token has ended between two tries', () =>
    onEdge({}, async ({ ask, commands, tokenOf }) => {
      await ask(refresh('one'), { as: await tokenOf(ids.ada) });
      await ask(refresh('one'));
      const [first, again] = commands.sent.map(({ context }) => context.commandId);
      expect(again).toBe(first);
    }));
});

it('a refresh token that is no good counts as a wrong attempt', () =>
  onEdge(
    { limits: { wrongPerAddress: { perSecond: 0.2, burst: 1, clientsMax: 10 } } },
    async ({ ask, commands }) => {
      commands.reject('refreshSession', { code: 'SESSION_INVALID', reason: 'UNKNOWN' });
      expect((await ask(refresh('one'))).data).toEqual({
        refreshSession: { __typename: 'SessionInvalidError' },
      });
      expect((await ask(refresh('two'))).errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
    },
  ));

describe('a device that has logged in', () => {
  const logIn = (email: string, deviceToken: string | null) =>
    `mutation { logIn(input: { email: "${email}", password: "x", deviceToken: ${JSON.stringify(deviceToken)} }) {
      __typename ... on LogInSuccess { deviceToken } } }`;
  const limits = { wrongPerSender: { perSecond: 0.1, burst: 1, clientsMax: 10 } };
  const account = { id: ids.ada, email: 'ada@example.com', name: 'Ada', roles: [] };
  const session = {
    account,
    sessionId: 's',
    refreshToken: 'r',
    expiresAt: '2099-01-01T00:00:00.000Z' as Instant,
  };

  const lockedOut = (work: (edge: Edge, deviceToken: string) => Promise<void>) =>
    onEdge({ limits }, async (edge) => {
      const { ask, commands, app } = edge;
      commands.accept('logIn', session);
      const { data } = await ask(logIn('ada@example.com', null));
      commands.reject('logIn', { code: 'CREDENTIALS_WRONG' });
      // Another address, as a stranger's is.
      const guess = { query: logIn('ada@example.com', null) };
      const remoteAddress = '198.51.100.7';
      await app.inject({ method: 'POST', url: '/graphql', payload: guess, remoteAddress });
      await ask(logIn('ada@example.com', null));
      await work(edge, (data as { logIn: { deviceToken: string } }).logIn.deviceToken);
    });

  it('logs in while strangers have used up the attempts', () =>
    lockedOut(async ({ ask, commands }, deviceToken) => {
      expect((await ask(logIn('ada@example.com', null))).errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
      commands.accept('logIn', session);
      expect((await ask(logIn(' Ada@example.com', deviceToken))).data).toMatchObject({
        logIn: { __typename: 'LogInSuccess' },
      });
      expect(commands.sent.at(-1)?.input).toEqual({ email: ' Ada@example.com', password: 'x' });
    }));

  it('has nothing from that for another account', () =>
    lockedOut(async ({ ask }, deviceToken) => {
      const guess = () => ask(logIn('eve@example.com', deviceToken));
      expect((await guess()).data).toMatchObject({ logIn: { __typename: 'CredentialsWrongError' } });
      expect((await guess()).errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
    }));
});

it('addresses of one IPv6 network count together', () =>
  onEdge(
    { limits: { wrongPerAddress: { perSecond: 0.2, burst: 1, clientsMax: 10 } } },
    async ({ app, commands }) => {
      commands.reject('refreshSession', { code: 'SESSION_INVALID', reason: 'UNKNOWN' });
      const from = async (remoteAddress: string, token: string): Promise<unknown> => {
        const payload = { query: refresh(token) };
        const answer = await app.inject({ method: 'POST', url: '/graphql', payload, remoteAddress });
        return answer.json<{ errors?: { extensions: { code: string } }[] }>().errors?.[0]?.extensions.code;
      };
      expect(await from('2001:db8:1:2::1', 'one')).toBeUndefined();
      expect(await from('2001:db8:1:2:ffff::2', 'two')).toBe('RATE_LIMITED');
      expect(await from('2001:db8:1:3::1', 'three')).toBeUndefined();
    },
  ));
