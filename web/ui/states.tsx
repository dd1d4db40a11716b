import type { ReactNode } from 'react';
import type { Problem, Shown } from '../api';
import { useTexts } from '../text';

/** Shows what a query returned, or that it is loading, or that it failed with a way to try again. */
export function Loaded<Data>({
  shown,
  children,
}: {
  readonly shown: Shown<Data>;
  readonly children: (data: Data) => ReactNode;
}) {
  const { state, reasonOf } = useTexts();
  if (shown.data !== undefined)
    return (
      <div className="loaded" aria-busy={shown.isStale}>
        {children(shown.data)}
      </div>
    );
  if (shown.failure === undefined)
    return (
      <p className="loading" role="status">
        {state.loading}
      </p>
    );
  return (
    <div role="alert" className="problem">
      <p>
        {state.failed} {reasonOf(shown.failure.code, shown.failure.message)}
      </p>
      <button type="button" onClick={shown.reload}>
        {state.again}
      </button>
    </div>
  );
}

/** Tells, beside an action, why it was not done. */
export function ProblemNote({ problem }: { readonly problem: Problem | undefined }) {
  const { reasonOf } = useTexts();
  return problem === undefined ? null : (
    <p role="alert" className="problem" data-code={problem.code}>
      {reasonOf(problem.code, problem.message)}
    </p>
  );
}

/** Says in an empty place what to do. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="empty">{children}</p>;
}
