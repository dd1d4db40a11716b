import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line between a client and a server on this machine, that can be made bad. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks every connection, and each new one, until it is mended. */
  cut(): void;
  /** Lets nothing through, neither way, and says nothing, until it is mended. */
  stall(): void;
  /** Lets requests through and no answers, until it is mended: what was let through may have been done. */
  swallowAnswers(): void;
  /** Lets requests through so many bytes a second, each connection by itself, until it is mended. */
  slow(bytesPerSecond: number): void;
  /** Resumes stalled bytes; lost bytes stay lost, with their connection. */
  mend(): void;
  close(): Promise<void>;
}

type Mode = 'open' | 'cut' | 'stalled' | 'swallowing';
type Line = { readonly near: Socket; readonly far: Socket };

export const openTcpProxy = async (targetPort: number): Promise<TcpProxy> => {
  const lines = new Set<Line>();
  let mode: Mode = 'open';
  let bytesPerSecond = Infinity;

  const breakLine = ({ near, far }: Line): void => {
    near.destroy();
    far.destroy();
  };
  const breakAll = (): void => lines.forEach(breakLine);
  const apply = ({ near, far }: Line): void => {
    for (const socket of [near, far]) {
      if (mode === 'stalled') socket.pause();
      else socket.resume();
    }
  };

  const carry = (chunk: Buffer, { near, far }: Line): void => {
    far.write(chunk);
    if (bytesPerSecond === Infinity) return;
    near.pause();
    setTimeout(() => mode !== 'stalled' && near.resume(), (chunk.length / bytesPerSecond) * 1_000);
  };

  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    const line = { near, far };
    lines.add(line);
    for (const socket of [near, far]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        lines.delete(line);
        breakLine(line);
      });
    }
    near.on('data', (chunk: Buffer) => carry(chunk, line));
    far.on('data', (chunk) => {
      if (mode !== 'swallowing') near.write(chunk);
    });
    if (mode === 'cut') breakLine(line);
    else apply(line);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      mode = 'cut';
      breakAll();
    },
    stall: () => {
      mode = 'stalled';
      lines.forEach(apply);
    },
    slow: (limit) => void (bytesPerSecond = limit),
    swallowAnswers: () => void (mode = 'swallowing'),
    mend: () => {
      if (mode === 'swallowing') breakAll();
      mode = 'open';
      bytesPerSecond = Infinity;
      lines.forEach(apply);
    },
    close: async () => {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
};
