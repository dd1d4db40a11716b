import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The answer to a command, in place of the usual one; `drop` closes the connection without one. */
export type MailScript = { readonly [Command in 'MAIL' | 'RCPT' | 'DATA' | 'END']?: string };

export type ReceivedMail = { readonly from: string; readonly to: string; readonly content: string };

const usual: Required<MailScript> = { MAIL: '250 ok', RCPT: '250 ok', DATA: '354 go on', END: '250 taken' };

/** A mail server (RFC 5321) that keeps what it gets. `script` is read before each answer. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];
  script: MailScript = {};
  greetsAfterMs = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<MailServer> {
    const server = createServer();
    const mailServer = new MailServer(server);
    server.on('connection', (socket) => mailServer.talk(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return mailServer;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private talk(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    let [buffer, from, to] = ['', '', ''];
    let inData = false;
    const say = (text: string): void =>
      void (text === 'drop' ? socket.destroy() : socket.write(`${text}\r\n`));
    const answer = (command: keyof MailScript): string => this.script[command] ?? usual[command];
    const command = (line: string): void => {
      const [verb = ''] = line.toUpperCase().split(/[ :]/, 1);
      if (verb === 'EHLO' || verb === 'HELO') return say('250 mail.example');
      if (verb === 'QUIT') return say('221 bye');
      if (verb === 'MAIL') from = line;
      if (verb === 'RCPT') to = line;
      if (verb !== 'MAIL' && verb !== 'RCPT' && verb !== 'DATA') return say('250 ok');
      const text = answer(verb);
      inData = verb === 'DATA' && text.startsWith('3');
      say(text);
    };
    setTimeout(() => say('220 mail.example'), this.greetsAfterMs);
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      buffer += chunk;
      for (;;) {
        const ending = inData ? '\r\n.\r\n' : '\r\n';
        const index = buffer.indexOf(ending);
        if (index < 0) return;
        const text = buffer.slice(0, index);
        buffer = buffer.slice(index + ending.length);
        if (!inData) {
          command(text);
          continue;
        }
        inData = false;
        this.mails.push({ from, to, content: text });
        say(answer('END'));
      }
    });
  }
}
