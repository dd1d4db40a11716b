import { useState } from 'react';
import { graphql, rejection, useAction } from '../../api';
import { Field, Form, Input, Select, type Typed } from '../../ui/form';

const sendMessage = graphql(
  `
    mutation SendMessage($input: SendMessageInput!) {
      sendMessage(input: $input) {
        __typename
        ... on SendMessageSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

/** A form, behind a button, that sends a message of staff to an account. */
export function SendMessage({
  to: { id, name },
}: {
  readonly to: { readonly id: string; readonly name: string };
}) {
  const { run, isRunning, problem } = useAction(sendMessage);
  const [isSent, setSent] = useState(false);
  const send = async ({ subject = '', text = '', channel }: Typed, form: HTMLFormElement): Promise<void> => {
    setSent(false);
    const by = channel === 'sms' ? 'sms' : 'email';
    if (!(await run({ accountId: id, subject, text, channel: by }))) return;
    setSent(true);
    form.reset();
  };
  return (
    <details>
      <summary>Write to {name}</summary>
      <Form
        submit="Send"
        about={id}
        isRunning={isRunning}
        problem={problem}
        fields={['subject', 'text']}
        onSubmit={(typed, form) => void send(typed, form)}
      >
        <Select
          name="channel"
          label="By"
          options={[
            ['email', 'E-mail'],
            ['sms', 'Short message, where the account has a telephone number'],
          ]}
        />
        <Input name="subject" label="Subject" maxLength={200} required problem={problem} />
        <Field label="Message" problem={problem?.field === 'text' ? problem : undefined}>
          {(control) => <textarea {...control} name="text" rows={4} maxLength={5_000} required />}
        </Field>
      </Form>
      <p role="status">{isSent && 'Sent. The page of notifications shows the attempts.'}</p>
    </details>
  );
}
