import type { ReactNode } from 'react';
import type { Problem } from '../api';
import { Form, Input, type Typed } from '../ui/form';
import type { AfterSalesRequest } from './request-fields';
import { useDecisionWords } from './words';

export type StepProps = { readonly of: AfterSalesRequest; readonly onDone: () => void };

/** Calls `onDone` after an action that succeeded. */
export const afterRun = async (ran: Promise<object | undefined>, onDone: () => void): Promise<void> => {
  if (await ran) onDone();
};

/** A folded form for one step. */
export function StepForm({
  label,
  action: { isRunning, problem },
  fields,
  onSubmit,
  children,
}: {
  readonly label: string;
  readonly action: { readonly isRunning: boolean; readonly problem: Problem | undefined };
  readonly fields?: readonly string[];
  readonly onSubmit: (typed: Typed) => void;
  readonly children: ReactNode;
}) {
  return (
    <details className="panel">
      <summary>{label}</summary>
      <Form submit={label} isRunning={isRunning} problem={problem} fields={fields ?? []} onSubmit={onSubmit}>
        {children}
      </Form>
    </details>
  );
}

/** The input for the words of an answer. */
export function Remark({ problem }: { readonly problem: Problem | undefined }) {
  const words = useDecisionWords();
  return <Input name="remark" label={words.remark} problem={problem} />;
}

/** The inputs of an approval: the address that the goods go back to, and the words of the answer. */
export function ApprovalInputs({ problem }: { readonly problem: Problem | undefined }) {
  const words = useDecisionWords();
  return (
    <>
      <Input name="returnTo" label={words.returnTo} help={words.returnToHelp} problem={problem} />
      <Remark problem={problem} />
    </>
  );
}
