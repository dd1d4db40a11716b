import type { ServerInterceptingCallInterface, ServerMethodDefinition } from '@grpc/grpc-js';
import { pipelined } from './pipelined';

const callThatSends = () => {
  const sent: (() => void)[] = [];
  const next = {
    sendMetadata: () => undefined,
    sendMessage: (_: unknown, done: () => void) => void sent.push(done),
  };
  const method = {} as ServerMethodDefinition<unknown, unknown>;
  return { sent, call: pipelined(method, next as unknown as ServerInterceptingCallInterface) };
};

describe('a pipelined call', () => {
  it('goes on before a message is sent, as far as 256 KiB, and again when there is room', () => {
    const { sent, call } = callThatSends();
    let asked = 0;
    for (let message = 0; message < 4; message += 1)
      call.sendMessage(Buffer.alloc(64 * 1024), () => (asked += 1));
    expect([sent.length, asked]).toEqual([4, 3]);
    sent[0]?.();
    expect(asked).toBe(4);
  });

  it('sends a message that is larger than the bound, and waits for it alone', () => {
    const { sent, call } = callThatSends();
    let asked = 0;
    call.sendMessage(Buffer.alloc(1024 * 1024), () => (asked += 1));
    expect([sent.length, asked]).toEqual([1, 0]);
    sent[0]?.();
    expect(asked).toBe(1);
  });
});
