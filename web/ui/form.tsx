import { useId, useRef, type InputHTMLAttributes, type ReactNode, type SyntheticEvent } from 'react';
import type { Problem } from '../api';
import { useTexts } from '../text';
import { useKeptInput } from './kept-input';
import { ProblemNote } from './states';

type Control = {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
};

/** A labelled control with its help, and the problem of its own field. */
export function Field({
  label,
  help,
  problem,
  children,
}: {
  readonly label: string;
  readonly help?: string | undefined;
  readonly problem?: Problem | undefined;
  readonly children: (control: Control) => ReactNode;
}) {
  const { reasonOf } = useTexts();
  const id = useId();
  const notes = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': notes || undefined, 'aria-invalid': problem !== undefined })}
      {help !== undefined && (
        <small id={`${id}-help`} className="help">
          {help}
        </small>
      )}
      {problem !== undefined && (
        <small id={`${id}-problem`} className="problem" role="alert">
          {reasonOf(problem.code, problem.message)}
        </small>
      )}
    </div>
  );
}

type Inputs = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'name'>;

/** A text, number, date or other input with a label. `name` is the field of the action's input, at which its problem shows. */
export function Input({
  name,
  label,
  help,
  problem,
  ...input
}: Inputs & {
  readonly name: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly problem?: Problem | undefined;
}) {
  return (
    <Field label={label} help={help} problem={problem?.field === name ? problem : undefined}>
      {(control) => <input {...control} name={name} {...input} />}
    </Field>
  );
}

/** A choice among a few values. */
export function Select<Value extends string>({
  name,
  label,
  options,
  value,
  onChange,
}: {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [value: Value, label: string])[];
  readonly value?: Value | undefined;
  readonly onChange?: (value: Value) => void;
}) {
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          name={name}
          {...(onChange
            ? { value, onChange: (event) => onChange(event.target.value as Value) }
            : { defaultValue: value })}
        >
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** The texts that the visitor typed, by field name, without surrounding space. */
export type Typed = Readonly<Record<string, string>>;

/**
 * A form that runs an action. A problem with a field shows at the field's `Input` if `fields` names it, any other above the
 * button. What was typed stays until the action succeeded, also if the session ends and the account logs in again.
 */
export function Form({
  onSubmit,
  submit,
  isRunning,
  problem,
  fields = [],
  about,
  children,
}: {
  readonly onSubmit: (typed: Typed, form: HTMLFormElement) => void;
  readonly submit: string;
  readonly isRunning: boolean;
  readonly problem: Problem | undefined;
  readonly fields?: readonly string[];
  /** The id of what the form is about, where a page has such a form for each of several things: what was typed stays with it. */
  readonly about?: string | undefined;
  readonly children?: ReactNode;
}) {
  const { state } = useTexts();
  const element = useRef<HTMLFormElement>(null);
  const noteTyped = useKeptInput(element, isRunning, problem !== undefined);
  const submitted = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (isRunning) return;
    const form = event.currentTarget;
    const entries = [...new FormData(form)].map(
      ([name, value]) => [name, typeof value === 'string' ? value.trim() : ''] as const,
    );
    onSubmit(Object.fromEntries(entries), form);
  };
  const isElsewhere = problem?.field === undefined || !fields.includes(problem.field);
  return (
    <form ref={element} data-about={about} onSubmit={submitted} onChange={noteTyped} aria-busy={isRunning}>
      {children}
      {isElsewhere && <ProblemNote problem={problem} />}
      <button type="submit" aria-disabled={isRunning}>
        {isRunning ? state.running : submit}
      </button>
    </form>
  );
}

/** A button that runs an action, with its problem beside it. A disabled button would lose the focus, so it only says that it is. */
export function ActionButton({
  label,
  of,
  onRun,
  action,
}: {
  readonly label: string;
  /** The thing on which it acts, for those who cannot see the row in which it stands. */
  readonly of?: string;
  readonly onRun: () => void;
  readonly action: { readonly isRunning: boolean; readonly problem: Problem | undefined };
}) {
  const { state } = useTexts();
  return (
    <>
      <button
        type="button"
        aria-label={of === undefined || action.isRunning ? undefined : `${label}: ${of}`}
        aria-disabled={action.isRunning}
        onClick={() => {
          if (!action.isRunning) onRun();
        }}
      >
        {action.isRunning ? state.running : label}
      </button>
      <ProblemNote problem={action.problem} />
    </>
  );
}
