import { realClock } from '../../clock';
import { reaching } from './unavailable';

it("takes a socket's own error for a server that is away", async () => {
  const cut = Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' });
  const call = reaching(() => Promise.reject(cut), { clock: realClock, withinMs: 1_000 });
  await expect(call).rejects.toMatchObject({ code: 'READ_MODELS_UNAVAILABLE', retryable: true, cause: cut });
});
