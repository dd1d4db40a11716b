import { useState, type ReactNode } from 'react';
import type { Problem } from '../api';
import { useTexts } from '../text';
import { ActionButton } from './form';

type Running = { readonly isRunning: boolean; readonly problem: Problem | undefined };

export type Undo = {
  /** A note on the last change with a button that undoes it. It is there before it says something, so that it is announced. */
  readonly note: ReactNode;
  /** Offers to undo what `done` says; `undo` returns something if it succeeded. It replaces an earlier offer. */
  readonly offer: (done: string, undo: () => Promise<unknown>) => void;
  readonly withdraw: () => void;
};

/** Offers to undo what was done last. @param action - of the mutation that undoes it. */
export const useUndo = (action: Running): Undo => {
  const { state } = useTexts();
  const [offered, setOffered] = useState<{ readonly done: string; readonly undo: () => Promise<unknown> }>();
  const [isUndone, setUndone] = useState(false);
  const undo = async (): Promise<void> => {
    if (!(await offered?.undo())) return;
    setOffered(undefined);
    setUndone(true);
  };
  const change = (next: typeof offered): void => {
    setOffered(next);
    setUndone(false);
  };
  return {
    note: (
      <p role="status">
        {isUndone && state.undone}
        {offered && (
          <>
            {offered.done} <ActionButton label={state.undo} action={action} onRun={() => void undo()} />
          </>
        )}
      </p>
    ),
    offer: (done, how) => change({ done, undo: how }),
    withdraw: () => change(undefined),
  };
};
