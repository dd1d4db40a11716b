import { fileNameOf, type FileStore } from '../../platform/files';

/** Specifies every store of files. @param damage - changes the content of a stored file behind its back. */
export const fileStoreContract = (
  open: () => Promise<FileStore>,
  damage: (name: string) => Promise<void>,
): void => {
  const content = Buffer.from('a picture');
  const name = fileNameOf(content);
  const belonging = fileNameOf(content, fileNameOf(Buffer.from('another')));
  let files: FileStore;
  beforeEach(async () => {
    files = await open();
  });

  it('returns what was stored', async () => {
    await files.put(name, content);
    expect((await files.get(name))?.equals(content)).toBe(true);
  });

  it('stores the bytes of any content, also none', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from([0, 255, 10, 13, 0]), Buffer.alloc(300_000, 7)]) {
      await files.put(fileNameOf(bytes), bytes);
      expect((await files.get(fileNameOf(bytes)))?.equals(bytes)).toBe(true);
    }
  });

  it('knows no file that was not stored', async () => {
    expect(await files.get(name)).toBeUndefined();
    await files.remove(name);
  });

  it('stores the same file again, and several times at once', async () => {
    await files.put(name, content);
    await Promise.all(Array.from({ length: 8 }, () => files.put(name, content)));
    expect((await files.get(name))?.equals(content)).toBe(true);
  });

  it('removes a file, and not another one of the same content', async () => {
    await files.put(name, content);
    await files.put(belonging, content);
    await files.remove(belonging);
    expect(await files.get(belonging)).toBeUndefined();
    expect((await files.get(name))?.equals(content)).toBe(true);
  });

  it('stores no content under the name of another one', async () => {
    await expect(files.put(name, Buffer.from('another'))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(await files.get(name)).toBeUndefined();
  });

  it('never returns a damaged file, and repairs it when it is stored again', async () => {
    await files.put(name, content);
    await damage(name);
    await expect(files.get(name)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await files.put(name, content);
    expect((await files.get(name))?.equals(content)).toBe(true);
  });

  it('is there', () => expect(files.check()).resolves.toBeUndefined());
};
