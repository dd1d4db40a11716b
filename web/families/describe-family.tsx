import { useState } from 'react';
import { useAction } from '../api';
import { NowSays, settle, useBeginning } from '../ui/changed';
import { Form, Input, type Typed } from '../ui/form';
import { valuesIn } from './combinations';
import { describeFamily, type Family } from './documents';
import { useFamilyWords } from './words';

type Option = Family['options'][number];

/** Returns an option as it was typed: values that were emptied are left out, and further ones come after the others. */
const describedOf = (option: Option, place: number, typed: Typed) => ({
  name: typed[`option${place}`] ?? '',
  values: [
    ...option.values.flatMap((was, index) => {
      const value = typed[`value${place} ${index}`] ?? '';
      return value === '' ? [] : [value === was ? { value } : { value, was }];
    }),
    ...valuesIn(typed[`further${place}`] ?? '').map((value) => ({ value })),
  ],
});

function OptionInputs({ of: option, place }: { readonly of: Option; readonly place: number }) {
  const words = useFamilyWords();
  return (
    <fieldset>
      <legend>{words.option(place + 1)}</legend>
      <Input
        name={`option${place}`}
        label={words.optionName(place + 1)}
        defaultValue={option.name}
        required
        maxLength={50}
      />
      {option.values.map((value, index) => (
        <Input
          key={value}
          name={`value${place} ${index}`}
          label={words.value(option.name, value)}
          defaultValue={value}
          maxLength={50}
        />
      ))}
      <Input name={`further${place}`} label={words.further(option.name)} help={words.valuesHelp} />
    </fieldset>
  );
}

/** Changes the name and the options of a family. */
export function DescribeFamily({
  family: { id: familyId, name, options },
  onRefused,
}: {
  readonly family: Family;
  /** Shows the family as it is now. */
  readonly onRefused: () => void;
}) {
  const words = useFamilyWords();
  const action = useAction(describeFamily);
  const [isSaved, setSaved] = useState(false);
  const seen = { name, options: options.map((option) => ({ name: option.name, values: option.values })) };
  const beginning = useBeginning(seen);
  // After a refusal the inputs are still those of what was seen when they were typed in.
  const { options: shown } = JSON.parse(beginning.key) as typeof seen;
  const describe = async (typed: Typed): Promise<void> => {
    setSaved(false);
    const described = await action.run({
      familyId,
      name: typed['name'] ?? '',
      expected: seen,
      options: shown.map((option, place) => describedOf(option, place, typed)),
    });
    setSaved(described !== undefined);
    settle(described, beginning, onRefused);
  };
  return (
    <details className="panel">
      <summary>{words.describe}</summary>
      <p>{words.emptied}</p>
      <Form
        key={beginning.key}
        submit={words.describe}
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['name']}
        onSubmit={(typed) => void describe(typed)}
      >
        <Input
          name="name"
          label={words.name}
          defaultValue={name}
          required
          maxLength={200}
          problem={action.problem}
        />
        {shown.map((option, place) => (
          <OptionInputs key={option.name} of={option} place={place} />
        ))}
        <NowSays
          problem={action.problem}
          of={[
            [words.name, name],
            ...options.map(
              (option, place) =>
                [words.option(place + 1), `${option.name}: ${option.values.join(', ')}`] as const,
            ),
          ]}
        />
      </Form>
      <p role="status">{isSaved && words.saved}</p>
    </details>
  );
}
