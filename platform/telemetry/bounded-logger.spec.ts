import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { boundedLogger } from './bounded-logger';
import { createLogger } from './logger';

const setUp = () => {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const clock = createVirtualClock();
  const write = (line: string) => void lines.push(JSON.parse(line) as Readonly<Record<string, unknown>>);
  return { lines, clock, logger: boundedLogger(createLogger('info', { write }), clock) };
};

it('writes some lines of a sentence, and then how many more there were', async () => {
  const { lines, clock, logger } = setUp();
  for (let at = 0; at < 1_000; at += 1) logger.warn({ at }, 'Refused');
  logger.error({}, 'Something else');
  expect(lines.filter(({ msg }) => msg === 'Refused').map(({ at }) => at)).toEqual(
    Array.from({ length: 20 }, (_, at) => at),
  );
  expect(lines.at(-1)).toMatchObject({ level: 'error', msg: 'Something else' });
  await clock.advance(10_000);
  expect(lines.at(-1)).toMatchObject({ level: 'warn', msg: 'Refused', notLogged: 980 });
  logger.warn({ at: 'later' }, 'Refused');
  expect(lines.at(-1)).toMatchObject({ at: 'later' });
});

it('says nothing of lines that were not dropped', async () => {
  const { lines, clock, logger } = setUp();
  logger.warn({}, 'Refused');
  await clock.advance(60_000);
  expect(lines.length).toBe(1);
});
