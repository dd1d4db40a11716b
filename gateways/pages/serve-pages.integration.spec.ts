import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { setSecurityHeaders } from '../graphql/access/security-headers';
import { servePages } from './serve-pages';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the server of the pages', () => {
  let directory: string;
  let app: FastifyInstance;

  const serve = async (): Promise<void> => {
    app = Fastify();
    setSecurityHeaders(app);
    await app.register(servePages(directory));
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-pages-'));
  });
  afterEach(async () => {
    await app.close();
    await rm(directory, { recursive: true, force: true });
  });

  describe('of built pages', () => {
    beforeEach(async () => {
      await mkdir(join(directory, 'assets'));
      await writeFile(join(directory, 'index.html'), '<title>frame</title>');
      await writeFile(join(directory, 'icon.svg'), '<svg/>');
      await writeFile(join(directory, 'assets/main-1a2b.js'), 'plain');
      await writeFile(join(directory, 'assets/main-1a2b.js.br'), 'compressed');
      await writeFile(join(directory, 'assets/main-1a2b.js.gz'), 'zipped');
      await serve();
    });

    it.each(['/', '/orders/1', '/admin'])(
      'answers a browser at %s with the frame of the pages',
      async (url) => {
        const { statusCode, body, headers } = await app.inject({ url, headers: browser });
        expect([statusCode, body, headers['cache-control']]).toEqual([
          200,
          '<title>frame</title>',
          'no-cache',
        ]);
      },
    );

    it('allows no inline script or style, and nothing from elsewhere but pictures', async () => {
      const { headers } = await app.inject({ url: '/', headers: browser });
      const policy = String(headers['content-security-policy']);
      for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'"])
        expect(policy.split('; ')).toContain(rule);
      expect(policy).not.toMatch(/unsafe|\*/);
    });

    it('lets a browser keep a file with a hash in its name, and only such a file', async () => {
      const hashed = await app.inject({ url: '/assets/main-1a2b.js' });
      expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      const icon = await app.inject({ url: '/icon.svg' });
      expect(icon.headers['cache-control']).toBe('no-cache');
      const since = { 'if-none-match': String(hashed.headers.etag) };
      const unchanged = await app.inject({ url: '/assets/main-1a2b.js', headers: since });
      expect([unchanged.statusCode, unchanged.headers['cache-control']]).toEqual([
        304,
        'public, max-age=31536000, immutable',
      ]);
    });

    it.each([{}, browser])(
      'forbids caches to keep a missing file, for a request with %j',
      async (headers) => {
        const missing = await app.inject({ url: '/assets/main-0000.js', headers });
        expect(missing.headers['cache-control']).toMatch(/^no-(?:store|cache)$/);
        expect(missing.headers['content-type']).not.toContain('javascript');
      },
    );

    it('sends the compressed copy to a browser that reads it', async () => {
      const ask = (encoding: string) =>
        app.inject({ url: '/assets/main-1a2b.js', headers: { 'accept-encoding': encoding } });
      const compressed = await ask('br');
      expect([compressed.body, compressed.headers['content-encoding']]).toEqual(['compressed', 'br']);
      const zipped = await ask('gzip');
      expect([zipped.body, zipped.headers['content-encoding']]).toEqual(['zipped', 'gzip']);
      const plain = await ask('identity');
      expect(plain.body).toBe('plain');
      // A cache between keeps the copies apart.
      for (const { headers } of [compressed, zipped, plain]) expect(headers['vary']).toBe('accept-encoding');
    });

    it('answers other programs at an unknown address with 404', async () => {
      expect(
        (await app.inject({ url: '/orders/1', headers: { accept: 'application/json' } })).statusCode,
      ).toBe(404);
      expect((await app.inject({ method: 'POST', url: '/', headers: browser })).statusCode).toBe(404);
    });

    it('serves nothing outside of its folder', async () => {
      for (const url of [
        '/../package.json',
        '/assets/%2e%2e/%2e%2e/package.json',
        '/assets/..%2f..%2fpackage.json',
      ])
        expect((await app.inject({ url })).statusCode).toBe(404);
    });
  });

  it('says how to build pages that are not there', async () => {
    await serve();
    const { statusCode, body } = await app.inject({ url: '/', headers: browser });
    expect(statusCode).toBe(503);
    expect(body).toContain('npm run build');
  });
});
