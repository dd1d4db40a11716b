import { useState } from 'react';
import { graphql, rejection, useAccount, useAction, useShown } from '../../api';
import { HiddenFor } from '../../contributions/own-posts';
import { Reviews } from '../../contributions/reviews';
import { PictureInputs, type Chosen } from '../../pictures/picture-inputs';
import { usePictureWords } from '../../pictures/words';
import { useTexts } from '../../text';
import { NowSays } from '../../ui/changed';
import { ActionButton, Field, Form, Select } from '../../ui/form';
import { ownReviewsQuery, type OwnReview } from './own-reviews';

const writeReview = graphql(
  `
    mutation WriteReview($input: WriteReviewInput!) {
      writeReview(input: $input) {
        __typename
        ... on WriteReviewSuccess {
          consistencyToken
          review {
            id
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const editReview = graphql(
  `
    mutation EditReview($input: EditReviewInput!) {
      editReview(input: $input) {
        __typename
        ... on EditReviewSuccess {
          consistencyToken
          review {
            id
            rating
            text
            photos {
              id
              thumbnailUrl
            }
            editedAt
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const withdrawReview = graphql(
  `
    mutation WithdrawReview($input: WithdrawReviewInput!) {
      withdrawReview(input: $input) {
        __typename
        ... on WithdrawReviewSuccess {
          consistencyToken
          reviewId
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const TEXT_MAX = 5_000;
/** As the server. */
const PHOTOS_MAX = 4;

/** A photo of the stored review, or a new one. */
const asChosen = ({ id, thumbnailUrl }: Chosen): Chosen => ({ id, thumbnailUrl });
const ratings = ['5', '4', '3', '2', '1'] as const;

const seenOf = ({ rating, text, photos }: OwnReview) => ({
  ...{ rating, text, photoIds: photos.map(({ id }) => id) },
});

/** Withdraws a review of the signed-in account. */
export function WithdrawReview({ id }: { readonly id: string }) {
  const { reviews } = useTexts();
  const action = useAction(withdrawReview);
  return (
    <ActionButton label={reviews.withdraw} action={action} onRun={() => void action.run({ reviewId: id })} />
  );
}

function ReviewForm({
  productId,
  own,
  onRefused,
}: {
  readonly productId: string;
  readonly own: OwnReview | undefined;
  /** Shows the own review as it is now. */
  readonly onRefused: () => void;
}) {
  const { reviews } = useTexts();
  const { pictures } = usePictureWords();
  const write = useAction(writeReview);
  const edit = useAction(editReview);
  const { isRunning, problem } = own ? edit : write;
  const [photos, setPhotos] = useState<readonly Chosen[]>(own?.photos ?? []);
  const photoIds = photos.map(({ id }) => id);
  const send = async (rating: number, text: string): Promise<void> => {
    const done = own
      ? await edit.run({ reviewId: own.id, rating, text, photoIds, expected: seenOf(own) })
      : await write.run({ productId, rating, text, photoIds });
    if (!done) onRefused();
  };
  return (
    <div className="panel">
      <h3>{own ? reviews.edit : reviews.write}</h3>
      <Form
        submit={reviews.send}
        isRunning={isRunning}
        problem={problem}
        fields={['text']}
        onSubmit={({ rating, text = '' }) => void send(Number(rating), text)}
      >
        <Select
          name="rating"
          label={reviews.rating}
          value={ratings.find((each) => Number(each) === own?.rating) ?? '5'}
          options={ratings.map((each) => [each, reviews.stars(each)] as const)}
        />
        <Field label={reviews.text} problem={problem?.field === 'text' ? problem : undefined}>
          {(control) => (
            <textarea {...control} name="text" rows={4} maxLength={TEXT_MAX} defaultValue={own?.text} />
          )}
        </Field>
        <PictureInputs pictures={photos} max={PHOTOS_MAX} onChange={setPhotos} toPicture={asChosen} />
        <NowSays
          problem={problem}
          of={[
            [reviews.rating, own && reviews.stars(String(own.rating))],
            [reviews.text, own?.text],
            [pictures, own?.photos.length],
          ]}
        />
      </Form>
      {own && <HiddenFor reason={own.hiddenFor} />}
      {own && <WithdrawReview id={own.id} />}
    </div>
  );
}

/** The review that the signed-in account has of the product, to change or withdraw, or a form for a new one. */
function OwnProductReview({ productId }: { readonly productId: string }) {
  const { data, reload } = useShown(ownReviewsQuery, {});
  if (!data?.me) return null;
  const own = data.me.reviews.edges.find(({ node }) => node.product?.id === productId)?.node;
  // Another review is another form, whose inputs begin with what it says.
  return <ReviewForm key={own?.id} productId={productId} own={own} onRefused={reload} />;
}

/** The reviews of a product, and the form for one's own. */
export function ProductReviews({ productId }: { readonly productId: string }) {
  const { reviews } = useTexts();
  const account = useAccount();
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">{reviews.title}</h2>
      {account && <OwnProductReview productId={productId} />}
      <Reviews productId={productId} />
    </section>
  );
}
