import { useState } from 'react';
import { useAction, type Problem } from '../api';
import { Field, Form, Input } from '../ui/form';
import { addWebhookEndpoint } from './documents';
import { Secret } from './secret';
import { useWebhookWords } from './words';

/** A choice of several types of events. */
function Types({
  of,
  chosen,
  onChange,
  problem,
}: {
  readonly of: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly problem: Problem | undefined;
}) {
  const words = useWebhookWords();
  return (
    <Field label={words.types} problem={problem?.field === 'types' ? problem : undefined}>
      {(control) => (
        <select
          {...control}
          multiple
          required
          size={8}
          value={chosen}
          onChange={({ target }) => onChange([...target.selectedOptions].map(({ value }) => value))}
        >
          {of.map((type) => (
            <option key={type} value={type}>
              {type}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A form that adds an endpoint, and shows its secret once. @param ownerId - absent for the caller's own. */
export function AddEndpoint({
  ownerId,
  types,
  onAdded,
}: {
  readonly ownerId?: string | undefined;
  readonly types: readonly string[];
  readonly onAdded: () => void;
}) {
  const words = useWebhookWords();
  const action = useAction(addWebhookEndpoint);
  const [secret, setSecret] = useState<string>();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { problem } = action;
  const add = async (url: string, description: string, form: HTMLFormElement): Promise<void> => {
    setSecret(undefined);
    const added = await action.run({ ownerId: ownerId ?? null, url, description, types: [...chosen] });
    if (added === undefined) return;
    setSecret(added.secret);
    setChosen([]);
    form.reset();
    onAdded();
  };
  return (
    <details className="panel">
      <summary>{words.add}</summary>
      <Form
        submit={words.add}
        isRunning={action.isRunning}
        problem={problem}
        fields={['url', 'description', 'types']}
        onSubmit={({ url = '', description = '' }, form) => void add(url, description, form)}
      >
        <Input
          name="url"
          type="url"
          label={words.url}
          help={words.urlHelp}
          required
          maxLength={2_000}
          problem={problem}
        />
        <Input
          name="description"
          label={words.description}
          help={words.descriptionHelp}
          maxLength={200}
          problem={problem}
        />
        <Types of={types} chosen={chosen} onChange={setChosen} problem={problem} />
      </Form>
      {secret !== undefined && <Secret of={secret} note={words.added} />}
    </details>
  );
}
