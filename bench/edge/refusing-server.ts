/**
 * Refuses every request and reads no message, for the measurement of what an attacker's own processor use costs on one machine:
 * `refusing-server.ts`. Sends its URL when it serves.
 */
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setPriority } from 'node:os';
import { WebSocketServer } from 'ws';

// As the attacker's.
for (const thread of readdirSync('/proc/self/task')) setPriority(Number(thread), 10);

const server = createServer((asked, answer) => {
  asked.resume();
  answer.writeHead(429).end();
});
new WebSocketServer({ server }).on('connection', (socket) => socket.pause());
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on('disconnect', () => process.exit());
