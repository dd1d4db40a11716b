import type { Problem } from '../api';
import { Field, Form } from '../ui/form';

const TEXT_MAX = 2_000;

/** A form with the text of a question or an answer. It is emptied when the text was sent. */
export function PostForm({
  label,
  submit,
  text,
  about,
  action: { isRunning, problem },
  onSend,
}: {
  readonly label: string;
  readonly submit: string;
  readonly text?: string | undefined;
  /** The id of the question that is answered. */
  readonly about?: string | undefined;
  readonly action: { readonly isRunning: boolean; readonly problem: Problem | undefined };
  /** @returns whether it was sent. */
  readonly onSend: (text: string) => Promise<boolean>;
}) {
  const send = async (typed: string, form: HTMLFormElement): Promise<void> => {
    if (await onSend(typed)) form.reset();
  };
  return (
    <Form
      submit={submit}
      isRunning={isRunning}
      problem={problem}
      fields={['text']}
      about={about}
      onSubmit={({ text: typed = '' }, form) => void send(typed, form)}
    >
      <Field label={label} problem={problem?.field === 'text' ? problem : undefined}>
        {(control) => (
          <textarea {...control} name="text" rows={2} maxLength={TEXT_MAX} defaultValue={text} required />
        )}
      </Field>
    </Form>
  );
}
