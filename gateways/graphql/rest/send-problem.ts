import type { FastifyReply } from 'fastify';
import type { EdgeContext } from '../context';
import { maskAll } from '../operations/error-formatting';
import { setRemedyHeaders } from '../operations/operation-over-http';
import { problemOfError, type Problem } from './problem';

export const sendProblem = (
  reply: FastifyReply,
  problem: Problem,
  extensions: Readonly<Record<string, unknown>> = {},
): void => {
  const { status } = problem;
  setRemedyHeaders(reply, status, extensions);
  void reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
};

/** Answers with what the outside may see of an error. */
export const sendError = (reply: FastifyReply, error: unknown, context: EdgeContext): void => {
  const [first] = maskAll(error, context);
  const { message = '', extensions = {} } = first ?? {};
  sendProblem(reply, problemOfError(message, extensions), extensions);
};
