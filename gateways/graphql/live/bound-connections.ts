import { networkOf } from '../../../platform/rate-limit';
import type { Server } from 'node:http';

/** Bounds how many connections an address has: one more is closed at once. */
export const boundConnections = (server: Server, perAddressMax: number, onRefusal: () => void): void => {
  const open = new Map<string, number>();

  server.on('connection', (socket) => {
    const address = networkOf(socket.remoteAddress ?? 'unknown');
    const count = open.get(address) ?? 0;
    if (count >= perAddressMax) {
      socket.destroy();
      onRefusal();
      return;
    }
    open.set(address, count + 1);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
  });
};
