import { ids, startEdge, type EdgeSettings } from '../../../tests/support/edge';

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

  it('belongs to the e-mail address, whatever the password', async () => {
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
      commands.reject('refreshSession', { code: 'SESSION_INVALID' });
      expect((await ask(refresh('one'))).data).toEqual({
        refreshSession: { __typename: 'SessionInvalidError' },
      });
      expect((await ask(refresh('two'))).errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
    },
  ));
