import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'libsql';

// Unit tests that do what a unit test must not do. unit-environment.integration.spec.ts runs them.

const file = join(tmpdir(), 'waybill-breach');

const breaches: Readonly<Record<string, () => unknown>> = {
  'listens on a port': () => createServer().listen(0),
  'serves HTTP': () => createHttpServer().listen(0),
  'calls a server': () => fetch('http://127.0.0.1:59999'),
  'starts a process': () => spawnSync('true'),
  'starts a thread': () => new Worker('', { eval: true }),
  'makes a directory': () => mkdtemp(file),
  'makes a directory at once': () => mkdtempSync(file),
  'writes a file': () => writeFileSync(file, ''),
  'opens a file for writing': () => openSync(file, 'w'),
  'opens a database': () => new Database(':memory:'),
};

describe('a breach', () => {
  it.each(Object.entries(breaches))('%s', async (_, breach) => {
    await breach();
  });

  it('is not forgiven when it is caught', () => {
    expect(() => spawnSync('true')).toThrow();
  });
});

it('reads a file', () => {
  expect(readFileSync(__filename, 'utf8')).toContain('reads a file');
});
