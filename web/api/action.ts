import { useCallback, useRef, useState } from 'react';
import type { CombinedError, OperationResult, TypedDocumentNode } from '@urql/core';
import { useMutation } from 'urql';
import { graphql } from './graphql';

/** The fields of a rejection. Every mutation selects `...Rejection`. */
export const rejection = graphql(`
  fragment Rejection on UserError @_unmask {
    code
    message
    path
  }
`);

/** A rejection of the server, or the failure to reach it (`code` is `UNREACHABLE`). */
export type Problem = {
  readonly code: string;
  readonly message: string;
  /** The name of the input field that the problem is about; undefined where it is about none. */
  readonly field: string | undefined;
};

type Answer = { readonly __typename: string };
type UserErrorAnswer = Answer & {
  readonly code?: string;
  readonly message?: string;
  readonly path?: readonly string[] | null;
};

/** The success types of a mutation's result union. */
export type SuccessOf<Data> =
  NonNullable<Data[keyof Data]> extends infer Result
    ? Extract<Result, { readonly __typename: `${string}Success` }>
    : never;

type InputOf<Variables> = Variables extends { readonly input: infer Input } ? Input : never;

/** The input of a mutation without the key, which the action adds. */
type ActionInput<Variables> = Omit<InputOf<Variables>, 'idempotencyKey'>;

/** The success of a mutation; or the problem, with the rejection that the server returned, if it did. */
export type Outcome<Data> =
  | { readonly success: SuccessOf<Data> }
  | {
      readonly success?: undefined;
      readonly problem: Problem;
      readonly answer: Exclude<NonNullable<Data[keyof Data]>, SuccessOf<Data>> | undefined;
    };

export type Action<Data, Variables> = {
  /** @returns what the success holds; undefined after a problem, which `problem` then tells. */
  readonly run: (input: ActionInput<Variables>) => Promise<SuccessOf<Data> | undefined>;
  readonly isRunning: boolean;
  readonly problem: Problem | undefined;
  readonly clear: () => void;
};

const codeOf = (extensions: Readonly<Record<string, unknown>>): string =>
  typeof extensions['code'] === 'string' ? extensions['code'] : 'UNKNOWN';

/** Returns why there is no answer. */
export const problemWithout = (error: CombinedError | undefined): Problem => {
  const [refused] = error?.graphQLErrors ?? [];
  return refused
    ? { code: codeOf(refused.extensions), message: refused.message, field: undefined }
    : {
        code: 'UNREACHABLE',
        message: 'The server could not be reached. Nothing is lost: try again.',
        field: undefined,
      };
};

const problemOf = ({ code, message, path }: UserErrorAnswer): Problem => ({
  code: code ?? 'UNKNOWN',
  message: message ?? 'The server refused this without a reason.',
  field: path?.at(-1),
});

const outcomeOf = <Data>({ data, error }: Pick<OperationResult<Data>, 'data' | 'error'>): Outcome<Data> => {
  const answer = data && (Object.values(data)[0] as UserErrorAnswer | null);
  if (!answer) return { problem: problemWithout(error), answer: undefined };
  if (answer.__typename.endsWith('Success')) return { success: answer as SuccessOf<Data> };
  return { problem: problemOf(answer), answer: answer as never };
};

/**
 * Returns a function that sends a mutation once, by default under a new idempotency key: for work of many commands. With null it is
 * sent without a key, because nothing would happen twice.
 */
export const useSend = <Data, Variables extends { input: unknown }>(
  document: TypedDocumentNode<Data, Variables>,
): ((input: ActionInput<Variables>, key?: string | null) => Promise<Outcome<Data>>) => {
  const [, mutate] = useMutation(document);
  return useCallback(
    async (input, idempotencyKey = crypto.randomUUID()) =>
      outcomeOf(await mutate({ input: { ...input, idempotencyKey } } as unknown as Variables)),
    [mutate],
  );
};

/**
 * A mutation as an action of a page. The document takes one variable, `$input`, and selects `__typename` and
 * `...Rejection`.
 *
 * Each call has an idempotency key, which a repetition after a lost answer keeps, so that a double click or a second try is one
 * action. While one call is under way, further calls return undefined.
 */
export const useAction = <Data, Variables extends { input: unknown }>(
  document: TypedDocumentNode<Data, Variables>,
): Action<Data, Variables> => {
  const [, mutate] = useMutation(document);
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const running = useRef(false);
  const unanswered = useRef<{ readonly of: string; readonly key: string }>(undefined);

  const run = useCallback(
    async (input: ActionInput<Variables>): Promise<SuccessOf<Data> | undefined> => {
      if (running.current) return undefined;
      const of = JSON.stringify(input);
      if (unanswered.current?.of !== of) unanswered.current = { of, key: crypto.randomUUID() };
      running.current = true;
      setRunning(true);
      setProblem(undefined);
      try {
        const key = unanswered.current.key;
        const outcome = outcomeOf(
          await mutate({ input: { ...input, idempotencyKey: key } } as unknown as Variables),
        );
        if (!('problem' in outcome) || outcome.answer) unanswered.current = undefined;
        if (!('problem' in outcome)) return outcome.success;
        setProblem(outcome.problem);
        return undefined;
      } finally {
        running.current = false;
        setRunning(false);
      }
    },
    [mutate],
  );

  const clear = useCallback(() => {
    setProblem(undefined);
  }, []);
  return { run, isRunning, problem, clear };
};
