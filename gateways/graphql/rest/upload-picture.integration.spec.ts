import sharp from 'sharp';
import { badPictures, photo } from '../../../tests/support/pictures/samples';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { memoryFileStore } from '../../../platform/files';
import { defaultLimits } from '../operations/limits';

let edge: ReturnType<typeof startEdge>;
let ada: string;
let files: ReturnType<typeof memoryFileStore>;

const start = async (settings: Parameters<typeof startEdge>[0] = {}): Promise<void> => {
  files = memoryFileStore();
  edge = startEdge({ files, ...settings });
  edge.commands.accept('recordUpload', { thumbnailId: 'b'.repeat(64) });
  ada = await edge.tokenOf(ids.ada, 'customer');
};
beforeEach(() => start());
afterEach(() => edge.app.close());

type Answer = Readonly<Record<string, unknown>>;

const upload = async (payload: Buffer, headers: Readonly<Record<string, string>> = {}) => {
  const answer = await edge.app.inject({
    ...{ method: 'POST', url: '/api/v1/pictures', payload },
    headers: { authorization: ada, 'content-type': 'image/jpeg', ...headers },
  });
  return { status: answer.statusCode, headers: answer.headers, json: answer.json<Answer>() };
};

/** Answers as the command would: with the thumbnail that was made. */
const keepThumbnail = async (bytes: Buffer): Promise<void> => {
  await upload(bytes);
  const { thumbnailId } = edge.commands.sent.at(-1)?.input as { readonly thumbnailId: string };
  edge.commands.accept('recordUpload', { thumbnailId });
};

describe('the upload of a picture', () => {
  it('answers with its id and its addresses, where its sizes are', async () => {
    const bytes = await photo('jpeg');
    await keepThumbnail(bytes);
    const { status, json } = await upload(bytes);
    expect([status, json['width'], json['height']]).toEqual([201, 600, 400]);
    for (const [address, width] of [
      [json['url'], 600],
      [json['thumbnailUrl'], 400],
    ] as const) {
      const shown = await edge.app.inject({ url: String(address) });
      expect(shown.statusCode).toBe(200);
      expect(await sharp(shown.rawPayload).metadata()).toMatchObject({ format: 'webp', width });
    }
    expect(edge.commands.sent.at(-1)).toMatchObject({
      name: 'recordUpload',
      input: { uploaderId: ids.ada, pictureId: json['id'], width: 600, height: 400 },
      context: { principal: { kind: 'customer', id: ids.ada } },
    });
  });

  it('goes by the bytes, even if the sender names another type', async () => {
    for (const type of ['image/svg+xml', 'text/plain', 'application/json', 'application/x-unknown'])
      expect((await upload(await photo('png'), { 'content-type': type })).status).toBe(201);
  });

  it('refuses what is no acceptable picture, with what to do, and stores nothing', async () => {
    await edge.app.close();
    await start({ limits: { uploadRate: { perSecond: 1, burst: 100, clientsMax: 10 } } });
    for (const [what, bytes, code] of await badPictures()) {
      const { status, headers, json } = await upload(bytes);
      expect([what, json['code']]).toEqual([what, code]);
      expect([413, 415, 422]).toContain(status);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(String(json['detail']).length).toBeGreaterThan(20);
    }
    expect(edge.commands.sent).toEqual([]);
  }, 30_000);

  it('refuses a body that is too large by its header alone', async () => {
    const { status, json } = await upload(Buffer.from('x'), { 'content-length': '9000000' });
    expect([status, json['code']]).toEqual([413, 'PICTURE_TOO_LARGE']);
  });

  it('needs an account with a valid token', async () => {
    const bytes = await photo('jpeg');
    expect((await upload(bytes, { authorization: '' })).json['code']).toBe('NOT_AUTHENTICATED');
    const { status, json, headers } = await upload(bytes, { authorization: 'Bearer forged' });
    expect([status, json['code']]).toEqual([401, 'UNAUTHENTICATED']);
    expect(headers['www-authenticate']).toContain('Bearer');
    expect(edge.commands.sent).toEqual([]);
  });

  it('is limited in number, by account', async () => {
    await edge.app.close();
    await start({ limits: { uploadRate: { perSecond: 0.01, burst: 2, clientsMax: 10 } } });
    const bytes = await photo('png', { width: 16, height: 16 });
    expect((await upload(bytes)).status).toBe(201);
    expect((await upload(Buffer.from('no picture'))).status).toBe(415);
    const { status, json, headers } = await upload(bytes);
    expect([status, json['code']]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(10);
  });

  it('is limited in the pictures at once', async () => {
    await edge.app.close();
    await start({ limits: { uploadsAtOnceMax: 1 } });
    const bytes = await photo('jpeg', { width: 3_000, height: 2_000 });
    const statuses = (await Promise.all([upload(bytes), upload(bytes), upload(bytes)])).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([201, 503, 503]);
    expect((await upload(bytes)).status).toBe(201);
  });

  it('answers with the rejection of the command', async () => {
    edge.commands.reject('recordUpload', {
      ...{ code: 'PICTURE_BEING_REMOVED', pictureId: 'a'.repeat(64) as never },
    });
    const { status, json } = await upload(await photo('jpeg'));
    expect([status, json['code']]).toEqual([409, 'PICTURE_BEING_REMOVED']);
  });

  it('has a bound on memory', () => {
    expect(defaultLimits.uploadsAtOnceMax * 8).toBeLessThanOrEqual(64);
  });
});

describe('the address of a picture', () => {
  const address = async () => String((await upload(await photo('jpeg'))).json['url']);

  it('is for ever, of one type, and runs nothing', async () => {
    const { headers } = await edge.app.inject({ url: await address() });
    expect(headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('answers to a cache that it still is the same', async () => {
    const url = await address();
    const { etag } = (await edge.app.inject({ url })).headers;
    const again = await edge.app.inject({ url, headers: { 'if-none-match': String(etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it.each([
    `/media/${'a'.repeat(64)}.webp`,
    '/media/..%2f..%2fsecrets%2faccess-tokens.webp',
    `/media/${'a'.repeat(64)}`,
    `/media/${'A'.repeat(64)}.webp`,
    '/media/.webp',
  ])('finds nothing at %s, and no cache keeps that', async (url) => {
    const { statusCode, headers } = await edge.app.inject({ url });
    expect([statusCode, headers['cache-control']]).toEqual([404, 'no-store']);
  });

  it('never shows a damaged file', async () => {
    const url = await address();
    files.damage(url.slice('/media/'.length, -'.webp'.length));
    expect((await edge.app.inject({ url })).statusCode).toBe(503);
  });
});
