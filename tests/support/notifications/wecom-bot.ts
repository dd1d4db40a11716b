import { HttpReceiver, type Answered } from './http-receiver';

const PER_MINUTE = 20;
const TEXT_BYTES_MAX = 2_048;

const answer = (errcode: number, errmsg: string): Answered => ({
  status: 200,
  body: JSON.stringify({ errcode, errmsg }),
});

/** A simulated WeCom bot, with the error codes and the limits of the real one. */
export class WeComBot {
  readonly texts: string[] = [];
  /** The answer to each request, in place of the usual one. */
  script: Answered | undefined;
  private taken = 0;
  private receiver!: HttpReceiver;

  private constructor(readonly key: string) {}

  static async start(key: string): Promise<WeComBot> {
    const bot = new WeComBot(key);
    bot.receiver = await HttpReceiver.start(({ path, body }) => bot.script ?? bot.answerTo(path, body));
    return bot;
  }

  private answerTo(path: string, body: Buffer): Answered {
    const { pathname, searchParams } = new URL(path, 'http://bot');
    if (pathname !== '/cgi-bin/webhook/send' || searchParams.get('key') !== this.key)
      return answer(93_000, `invalid webhook url ${searchParams.get('key')}`);
    const { msgtype, text } = JSON.parse(body.toString()) as {
      readonly msgtype: string;
      readonly text: { readonly content: string };
    };
    if (msgtype !== 'text') return answer(40_008, 'invalid message type');
    if (text.content === '') return answer(44_004, 'empty content');
    if (Buffer.byteLength(text.content) > TEXT_BYTES_MAX) return answer(40_058, 'content exceeds 2048 bytes');
    if (this.taken >= PER_MINUTE) return answer(45_009, 'api freq out of limit');
    this.taken += 1;
    this.texts.push(text.content);
    return answer(0, 'ok');
  }

  /** Begins the next minute. */
  nextMinute(): void {
    this.taken = 0;
  }

  get url(): string {
    return `${this.receiver.url}/cgi-bin/webhook/send?key=${this.key}`;
  }

  stop(): Promise<void> {
    return this.receiver.stop();
  }
}
