import { useState } from 'react';
import type { Problem } from '../api';
import { Field, type Typed } from '../ui/form';
import { useGiftWords } from './words';

/** The names of the inputs, at which problems show. */
export const customerWordsInputNames = ['noteToSeller', 'message'] as const;

/** Returns the words as the API takes them. */
export const customerWordsOf = ({ noteToSeller, isGift, message, withoutPrices }: Typed) => ({
  noteToSeller: noteToSeller || null,
  gift: isGift ? { message: message || null, withoutPrices: Boolean(withoutPrices) } : null,
});

function Words({
  name,
  label,
  help,
  maxLength,
  problem,
}: {
  readonly name: (typeof customerWordsInputNames)[number];
  readonly label: string;
  readonly help: string;
  readonly maxLength: number;
  readonly problem: Problem | undefined;
}) {
  return (
    <Field label={label} help={help} problem={problem?.field === name ? problem : undefined}>
      {(control) => <textarea {...control} name={name} rows={2} maxLength={maxLength} />}
    </Field>
  );
}

/** The inputs of a form for a note to the sellers, and for a gift. */
export function CustomerWordsInputs({ problem }: { readonly problem: Problem | undefined }) {
  const words = useGiftWords();
  const [isGift, setGift] = useState(false);
  return (
    <>
      <Words
        name="noteToSeller"
        label={words.note}
        help={words.noteHelp}
        maxLength={1_000}
        problem={problem}
      />
      <label>
        <input
          type="checkbox"
          name="isGift"
          checked={isGift}
          onChange={({ currentTarget }) => setGift(currentTarget.checked)}
        />{' '}
        {words.isGift}
      </label>
      {isGift && (
        <fieldset>
          <legend>{words.giftTitle}</legend>
          <Words
            name="message"
            label={words.message}
            help={words.messageHelp}
            maxLength={500}
            problem={problem}
          />
          <label>
            <input type="checkbox" name="withoutPrices" defaultChecked /> {words.withoutPrices}
          </label>
        </fieldset>
      )}
    </>
  );
}
