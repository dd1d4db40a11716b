import { createLogger } from './logger';

const linesOf = (write: (log: ReturnType<typeof createLogger>) => void): string[] => {
  const lines: string[] = [];
  write(createLogger('info', { write: (line: string) => void lines.push(line) }));
  return lines;
};

describe('the log', () => {
  it('writes facts and a sentence as one line of JSON', () => {
    const [line] = linesOf((log) => log.info({ orderId: 'o-1' }, 'Order placed.'));
    expect(JSON.parse(line!)).toMatchObject({ level: 'info', orderId: 'o-1', msg: 'Order placed.' });
  });

  it('leaves out what is below its level', () => {
    expect(linesOf((log) => log.debug({}, 'Too much.'))).toEqual([]);
  });

  it('blots out secrets, whoever logs them and however deep', () => {
    const lines = linesOf((log) =>
      log
        .child({ token: 'hunter2' })
        .info({ password: 'hunter2', input: { refreshToken: 'hunter2' } }, 'Logged in.'),
    );
    expect(lines.join()).not.toContain('hunter2');
    expect(lines.join()).toContain('[redacted]');
  });
});
