import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { frame, FrameReader } from '../../../platform/framing';
import {
  aCommands,
  aConnect,
  aConnected,
  aResponses,
  type AConnect,
  type ACommands,
  type AResponses,
} from '../../../proto/world';
import { until } from '../commands/live-platform';

/** The answer of a scripted World to a connect message: `connected!` by default; undefined: no answer. */
export type Welcome = (greeting: AConnect, connection: number) => string | undefined;

/** A World that does only what a test tells it to, so that it can do wrong. Acknowledges nothing by itself. */
export class ScriptedWorld {
  readonly greetings: AConnect[] = [];
  readonly heard: ACommands[] = [];
  welcome: Welcome = () => 'connected!';
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => this.serve(socket));
  }

  static async open(): Promise<ScriptedWorld> {
    const server = createServer();
    const world = new ScriptedWorld(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return world;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Returns all received elements of a kind, with copies. */
  all<Kind extends 'buy' | 'topack' | 'load' | 'queries'>(kind: Kind): ACommands[Kind][number][] {
    return this.heard.flatMap((commands) => commands[kind] as readonly ACommands[Kind][number][]);
  }

  get acks(): bigint[] {
    return this.heard.flatMap(({ acks }) => acks);
  }

  /** Resolves with the first received element of a kind. */
  async first<Kind extends 'buy' | 'topack' | 'load' | 'queries'>(kind: Kind) {
    await until(`the World receives "${kind}"`, () => this.all(kind).length > 0);
    return this.all(kind)[0]!;
  }

  say(responses: Partial<AResponses>): void {
    this.sendBytes(frame(aResponses.encode(responses)));
  }

  sendBytes(bytes: Uint8Array): void {
    for (const socket of this.sockets) socket.write(bytes);
  }

  hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.hangUp();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    const reader = new FrameReader();
    let isGreeted = false;
    socket.on('data', (chunk) => {
      for (const payload of reader.push(chunk)) {
        if (isGreeted) this.heard.push(aCommands.decode(payload));
        else {
          isGreeted = true;
          this.greet(socket, aConnect.decode(payload));
        }
      }
    });
  }

  private greet(socket: Socket, greeting: AConnect): void {
    this.greetings.push(greeting);
    const result = this.welcome(greeting, this.greetings.length);
    if (result === undefined) return;
    socket.write(frame(aConnected.encode({ worldid: greeting.worldid ?? 1n, result })));
  }
}
