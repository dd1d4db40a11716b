import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { realClock } from '../clock';
import { withinLimits } from './exchange';
import { publicUrls, type LookUp } from './index';

const body = Buffer.from('{"a":1}');
const names: Readonly<Record<string, readonly string[]>> = {
  'shop.example': ['93.184.215.14', '2606:4700::1111'],
  'inside.example': ['10.1.2.3'],
  'mixed.example': ['93.184.215.14', '10.1.2.3'],
  'here.example': ['127.0.0.1'],
};
const lookUp: LookUp = (name) => Promise.resolve(names[name] ?? []);

describe('a URL that a stranger has chosen', () => {
  const { problemOf } = publicUrls({ clock: realClock, allowsLoopback: false, lookUp });

  it.each([
    ['https://shop.example/hooks', undefined],
    ['https://shop.example.:8443/hooks?a=b', undefined],
    ['https://93.184.215.14/', undefined],
    ['https://[2606:4700::1111]/', undefined],
    ['http://shop.example/hooks', 'not-https'],
    ['ftp://shop.example/hooks', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['shop.example', 'malformed'],
    [`https://shop.example/${'x'.repeat(2_000)}`, 'malformed'],
    ['https://user:secret@shop.example/', 'credentials'],
    ['https://nowhere.example/', 'unresolvable'],
    ['https://inside.example/', 'not-public'],
    ['https://mixed.example/', 'not-public'],
    ['https://here.example/', 'not-public'],
    ['https://127.0.0.1/', 'not-public'],
    ['https://0x7f.1/', 'not-public'],
    ['https://2130706433/', 'not-public'],
    ['https://[::1]/', 'not-public'],
    ['https://[::ffff:127.0.0.1]/', 'not-public'],
    ['https://169.254.169.254/latest/meta-data', 'not-public'],
    ['http://127.0.0.1/', 'not-https'],
  ])('%s has the problem %s', async (url, problem) => expect(await problemOf(url)).toBe(problem));

  it('may be on this machine where that is permitted, and nowhere else without https', async () => {
    const here = publicUrls({ clock: realClock, allowsLoopback: true, lookUp });
    expect(await here.problemOf('http://127.0.0.1:8080/')).toBeUndefined();
    expect(await here.problemOf('http://here.example/')).toBeUndefined();
    expect(await here.problemOf('http://shop.example/')).toBe('not-https');
    expect(await here.problemOf('https://inside.example/')).toBe('not-public');
  });
});

describe('a post to such a URL', () => {
  let server: Server;
  let port: number;
  let seen: string[];
  let status: number;

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.host}`);
      response.writeHead(status, { location: `http://127.0.0.1:${port}/elsewhere` }).end('thanks');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => {
    seen = [];
    status = 200;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const post = (host: string, allowsLoopback: boolean, answers: LookUp = lookUp) =>
    publicUrls({ clock: realClock, allowsLoopback, lookUp: answers }).post({
      ...{ url: `http://${host}:${port}/hooks`, headers: {}, body, timeoutMs: 5_000 },
    });

  it('goes to the address that was checked, under the name of the host', async () => {
    expect(await post('here.example', true)).toEqual({ status: 200, body: 'thanks' });
    expect(seen).toEqual([`POST /hooks here.example:${port}`]);
  });

  it('looks the name up once, so that a second answer cannot lead elsewhere', async () => {
    let asked = 0;
    await post('here.example', true, () => {
      asked += 1;
      return Promise.resolve(asked === 1 ? ['127.0.0.1'] : ['10.1.2.3']);
    });
    expect(asked).toBe(1);
    expect(seen).toHaveLength(1);
  });

  it('is refused when the name leads to a private address by then, without a connection', async () => {
    await expect(post('here.example', false)).rejects.toMatchObject({ code: 'PEER_UNAVAILABLE' });
    await expect(post('inside.example', true)).rejects.toMatchObject({ code: 'PEER_UNAVAILABLE' });
    expect(seen).toEqual([]);
  });

  it('follows no redirect', async () => {
    status = 307;
    expect((await post('here.example', true)).status).toBe(307);
    expect(seen).toHaveLength(1);
  });

  it('fails when the answer switches protocols, and names no path or query', async () => {
    const switching = createTcpServer((socket) =>
      socket
        .on('error', () => undefined)
        .once('data', () =>
          socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
        ),
    ).listen(0, '127.0.0.1');
    await once(switching, 'listening');
    const { port: other } = switching.address() as AddressInfo;
    const { post: postTo } = publicUrls({ clock: realClock, allowsLoopback: true, lookUp });
    const url = `http://here.example:${other}/hooks?token=secret`;
    await expect(postTo({ url, headers: {}, body, timeoutMs: 2_000 })).rejects.toMatchObject({
      code: 'PEER_UNAVAILABLE',
      message: `http://here.example:${other} cannot be reached: the connection ended without an answer`,
    });
    switching.close();
  });
});

it('a time limit ends an exchange that never ends by itself', async () => {
  const clock = createVirtualClock();
  const limits = { url: 'https://shop.example/hooks', timeoutMs: 1_000 };
  const ended = expect(withinLimits(clock, limits, () => new Promise(() => undefined))).rejects.toMatchObject(
    {
      code: 'DEADLINE_EXCEEDED',
      message: 'https://shop.example did not answer within 1000 ms',
    },
  );
  await clock.advance(1_000);
  await ended;
});
