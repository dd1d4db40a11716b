import { refusal } from './request-errors';

it('a refusal has no stack, and errors after it have one', () => {
  expect(refusal('RATE_LIMITED', 'Too many requests.').stack).not.toMatch(/^ +at /m);
  expect(new Error('a bug').stack).toMatch(/^ +at /m);
});
