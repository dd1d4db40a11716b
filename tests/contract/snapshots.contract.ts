import { positionOf, streamName, type Snapshots, type StreamName } from '../../platform/event-store';

/** `begin`: gives the stream an event, where the engine needs that. */
export type SnapshotsBench = {
  readonly snapshots: Snapshots;
  readonly begin: (stream: StreamName) => Promise<void>;
};

/** The contract of every engine of snapshots. @param open - may share its file or server with other suites. */
export const snapshotsContract = (open: () => Promise<SnapshotsBench>): void => {
  let bench: SnapshotsBench;
  beforeEach(async () => {
    bench = await open();
  });

  const begun = async (): Promise<StreamName> => {
    const stream = streamName('snapshotted', crypto.randomUUID());
    await bench.begin(stream);
    return stream;
  };
  const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
  const read = async (stream: StreamName): Promise<readonly number[] | undefined> => {
    const content = await bench.snapshots.read(stream);
    return content && [...content];
  };

  describe('a snapshot', () => {
    it('is read as it was written, each stream its own', async () => {
      const [one, other, none] = [await begun(), await begun(), await begun()];
      await bench.snapshots.write(one, bytes(0, 255, 128, 0), positionOf(5));
      await bench.snapshots.write(other, bytes(), positionOf(5));
      expect(await read(one)).toEqual([0, 255, 128, 0]);
      expect(await read(other)).toEqual([]);
      expect(await read(none)).toBeUndefined();
      expect(await read(streamName('snapshotted', 'never written'))).toBeUndefined();
    });

    it('is replaced by a later one only', async () => {
      const stream = await begun();
      for (const position of [9, 8, 9])
        await bench.snapshots.write(stream, bytes(position), positionOf(position));
      expect(await read(stream)).toEqual([9]);
      await bench.snapshots.write(stream, bytes(10), positionOf(10));
      expect(await read(stream)).toEqual([10]);
    });

    it('may be a mebibyte', async () => {
      const stream = await begun();
      const content = new Uint8Array(1024 * 1024).map((_, index) => index * 7);
      await bench.snapshots.write(stream, content, positionOf(1));
      expect(Buffer.compare((await bench.snapshots.read(stream)) ?? bytes(), content)).toBe(0);
    });
  });
};
