import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { frame, FrameReader } from '../../../platform/framing';
import {
  aCommands,
  aConnect,
  aConnected,
  aResponses,
  uCommands,
  uConnect,
  uConnected,
  uResponses,
  type AConnect,
  type ACommands,
  type AConnected,
  type AResponses,
  type Codec,
  type UConnect,
  type UCommands,
  type UResponses,
} from '../../../proto/world';

type Numbered = { readonly seqnum: bigint };
/** The names of a message's repeated fields whose elements carry a seqnum. */
type ListsOf<Message> = {
  [Name in keyof Message]-?: Message[Name] extends readonly Numbered[] ? Name : never;
}[keyof Message] &
  string;
type ElementOf<Message, Name extends keyof Message> = Message[Name] extends readonly (infer Element)[]
  ? Element
  : never;
/** An element under the name of its field. */
export type Element<Message> = {
  [Name in ListsOf<Message>]: ElementOf<Message, Name> & { readonly kind: Name };
}[ListsOf<Message>];

type Dialect<Connect, Commands, Responses> = {
  readonly connect: Codec<Connect>;
  readonly connected: Codec<AConnected>;
  readonly commands: Codec<Commands, Partial<Commands>>;
  readonly responses: Codec<Responses, Partial<Responses>>;
};

export type Settings = {
  /** Unacked commands are sent again so often. */
  readonly resendMs?: number;
  /** The first seqnum. */
  readonly from?: bigint;
};

/** A client as correct as the protocol asks: it sends until acked, acks every copy and takes an element once. */
export class WorldClient<Connect extends object, Commands extends object, Responses extends object> {
  readonly log: Element<Responses>[] = [];
  readonly unacked = new Map<bigint, Partial<Commands>>();
  copies = 0;
  isFinished = false;
  private readonly seen = new Set<bigint>();
  private readonly wakers = new Set<() => void>();
  private readonly resending: NodeJS.Timeout;
  private socket: Socket | undefined;
  private next: bigint;

  constructor(
    private readonly dialect: Dialect<Connect, Commands, Responses>,
    settings: Settings = {},
  ) {
    this.next = settings.from ?? 1n;
    this.resending = setInterval(() => this.resend(), settings.resendMs ?? 50);
    this.resending.unref();
  }

  /** Connects again; unacknowledged messages are sent again. */
  async connect(port: number, greeting: Connect): Promise<AConnected> {
    this.socket?.destroy();
    const socket = connect(port, '127.0.0.1');
    const reader = new FrameReader();
    const answers: AConnected[] = [];
    socket.on('error', () => undefined);
    socket.on('close', () => this.wake());
    socket.on('data', (chunk: Buffer) => {
      for (const payload of reader.push(chunk)) {
        if (answers.length > 0) this.take(this.dialect.responses.decode(payload));
        else answers.push(this.dialect.connected.decode(payload));
      }
      this.wake();
    });
    await once(socket, 'connect');
    socket.write(frame(this.dialect.connect.encode(greeting)));
    this.socket = socket;
    await this.until(() => answers.length > 0 || socket.destroyed);
    const [answer] = answers;
    if (!answer) throw new Error('The World closed the connection without a greeting');
    if (answer.result === 'connected!') this.resend();
    return answer;
  }

  /** Sends one element; its seqnum is set here. */
  send<Name extends ListsOf<Commands>>(
    kind: Name,
    element: Omit<ElementOf<Commands, Name>, 'seqnum'>,
  ): bigint {
    const seqnum = this.next++;
    const command = { [kind]: [{ ...element, seqnum }] } as unknown as Partial<Commands>;
    this.unacked.set(seqnum, command);
    this.say(command);
    return seqnum;
  }

  /** Sends a message as it is, once. */
  say(message: Partial<Commands>): void {
    if (this.socket?.writable) this.socket.write(frame(this.dialect.commands.encode(message)));
  }

  raw(bytes: Uint8Array): void {
    this.socket?.write(bytes);
  }

  /** The first element of that kind that fits, as soon as it is there. */
  async first<Name extends ListsOf<Responses>>(
    kind: Name,
    fits: (element: ElementOf<Responses, Name>) => boolean = () => true,
  ): Promise<ElementOf<Responses, Name>> {
    const find = () =>
      this.log.find(
        (element) => element.kind === kind && fits(element as unknown as ElementOf<Responses, Name>),
      );
    await this.until(() => find() !== undefined);
    return find() as unknown as ElementOf<Responses, Name>;
  }

  all<Name extends ListsOf<Responses>>(kind: Name): ElementOf<Responses, Name>[] {
    return this.log.filter((element) => element.kind === kind);
  }

  async until(isSo: () => boolean, deadlineMs = 30_000): Promise<void> {
    const deadline = performance.now() + deadlineMs;
    while (!isSo()) {
      if (performance.now() > deadline) throw new Error(`Not so after ${deadlineMs} ms: ${isSo.toString()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        this.wakers.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  get isOpen(): boolean {
    return this.socket !== undefined && !this.socket.destroyed;
  }

  cut(): void {
    this.socket?.destroy();
  }

  close(): void {
    clearInterval(this.resending);
    this.cut();
  }

  private wake(): void {
    for (const waker of this.wakers) waker();
    this.wakers.clear();
  }

  private resend(): void {
    for (const command of this.unacked.values()) this.say(command);
  }

  private take(responses: Responses): void {
    const seqnums: bigint[] = [];
    for (const [kind, values] of Object.entries(responses) as [string, unknown][]) {
      if (kind === 'finished') this.isFinished = true;
      if (!Array.isArray(values)) continue;
      for (const value of values as (bigint | Numbered)[]) {
        if (typeof value === 'bigint') this.unacked.delete(value);
        else {
          seqnums.push(value.seqnum);
          this.copies += 1;
          if (this.seen.has(value.seqnum)) continue;
          this.seen.add(value.seqnum);
          this.log.push({ ...value, kind } as unknown as Element<Responses>);
        }
      }
    }
    if (seqnums.length > 0) this.say({ acks: seqnums } as unknown as Partial<Commands>);
  }
}

export type AmazonClient = WorldClient<AConnect, ACommands, AResponses>;
export type UpsClient = WorldClient<UConnect, UCommands, UResponses>;

export const amazonClient = (settings?: Settings): AmazonClient =>
  new WorldClient(
    { connect: aConnect, connected: aConnected, commands: aCommands, responses: aResponses },
    settings,
  );
export const upsClient = (settings?: Settings): UpsClient =>
  new WorldClient(
    { connect: uConnect, connected: uConnected, commands: uCommands, responses: uResponses },
    settings,
  );
