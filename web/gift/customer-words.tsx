import { useGiftWords } from './words';

/** The words that a customer gave with an order. */
export type CustomerWords = {
  readonly noteToSeller: string | null;
  readonly gift: { readonly message: string | null; readonly withoutPrices: boolean } | null;
};

/** A gift in words, with the message as it was typed. */
export function GiftText({
  of: { message, withoutPrices },
}: {
  readonly of: NonNullable<CustomerWords['gift']>;
}) {
  const words = useGiftWords();
  return (
    <>
      <span className="typed">{message ?? words.noMessage}</span>
      {withoutPrices && (
        <>
          {' '}
          <small className="help">{words.noPrices}</small>
        </>
      )}
    </>
  );
}

/** The words of a customer as names with their texts, in a list of such. Nothing where there are none. */
export function CustomerWordsPairs({ of: { noteToSeller, gift } }: { readonly of: CustomerWords }) {
  const words = useGiftWords();
  return (
    <>
      {noteToSeller !== null && (
        <>
          <dt>{words.noteTitle}</dt>
          <dd className="typed">{noteToSeller}</dd>
        </>
      )}
      {gift && (
        <>
          <dt>{words.giftTitle}</dt>
          <dd>
            <GiftText of={gift} />
          </dd>
        </>
      )}
    </>
  );
}
