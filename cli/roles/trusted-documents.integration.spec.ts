import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { edgeSchema } from '../../gateways/graphql';
import { readConfig } from '../../platform/config';
import { isFault } from '../../platform/faults';
import { remoteDocuments } from '../projections/remote-operations';
import { readTrustedDocuments } from './trusted-documents';

describe('the trusted documents', () => {
  let directory: string;
  let pages: string;
  let clients: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-documents-'));
    pages = join(directory, 'pages.json');
    clients = join(directory, 'clients');
    await mkdir(clients);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const read = (environment: Record<string, string> = { WAYBILL_TRUSTED_DOCUMENTS: clients }) =>
    readTrustedDocuments(readConfig(environment).config, pages);

  const faultOf = (environment?: Record<string, string>): string => {
    try {
      read(environment);
    } catch (error) {
      if (isFault(error, 'CONFIG_INVALID')) return error.message;
      throw error;
    }
    throw new Error('They were read');
  };

  it('are those of the pages, of the command line and of listed clients', async () => {
    await writeFile(pages, JSON.stringify({ aa: '{ me { id } }' }));
    await writeFile(
      join(clients, 'app.json'),
      JSON.stringify({ bb: '{ cart { id } }', aa: '{ me { id } }' }),
    );
    await writeFile(join(clients, 'till.json'), JSON.stringify({ cc: '{ me { name } }' }));
    await writeFile(join(clients, 'notes.txt'), 'no list');
    const { texts, only } = read();
    expect(only).toBe(false);
    expect([...texts.values()]).toEqual([
      ...remoteDocuments,
      ...['{ me { id } }', '{ cart { id } }', '{ me { name } }'],
    ]);
    expect(texts.get('bb')).toBe('{ cart { id } }');
  });

  it('are those of the command line where the pages are not built and no client is listed', () => {
    const { texts, only } = read({ WAYBILL_TRUSTED_DOCUMENTS_ONLY: 'on' });
    expect([[...texts.values()], only]).toEqual([remoteDocuments, true]);
  });

  it('fit the schema, as far as the command line sends them', () => {
    const schema = edgeSchema();
    expect(remoteDocuments.flatMap((text) => validate(schema, parse(text)))).toEqual([]);
  });

  it.each([
    ['no JSON', 'cannot be read as JSON'],
    ['[]', 'is no object of ids and documents'],
    ['{"aa": 7}', 'aa must be text'],
    ['{"aa": ""}', 'aa '],
    ['{"": "{ me { id } }"}', 'is no object of ids and documents'],
    [JSON.stringify({ aa: ' '.repeat(8 * 1024 * 1024) }), 'has more than 8388608 bytes'],
    [JSON.stringify({ bb: ' '.repeat(64 * 1024 + 1) }), 'bb must have at most 65536 characters'],
    ['{"pages": "{ cart { id } }"}', 'has another document with the id pages'],
  ])('cannot be %.30s', async (content, why) => {
    await writeFile(pages, JSON.stringify({ pages: '{ me { id } }' }));
    await writeFile(join(clients, 'app.json'), content);
    expect(faultOf()).toContain(join(clients, 'app.json'));
    expect(faultOf()).toContain(why);
  });

  it('need a folder that exists', () => {
    expect(faultOf({ WAYBILL_TRUSTED_DOCUMENTS: join(directory, 'nowhere') })).toContain(
      'which is no folder',
    );
  });
});
