import { useState, type ReactNode } from 'react';
import { useShown } from '../api';
import { useTexts } from '../text';
import { Select } from '../ui/form';
import { Photos } from '../pictures/photos';
import { Moment } from '../ui/moment';
import { Stars } from '../ui/stars';
import { Empty, Loaded } from '../ui/states';
import { reviewsQuery, type ReviewShown } from './documents';
import { Post } from './post';
import { Helpful, Report } from './reader-actions';
import { useContributionWords } from './words';

const filters = ['', '5', '4', '3', '2', '1'] as const;

/** The reviews of a product, filtered by stars. `below` is shown under each; its `reload` shows them as they are now. */
export function Reviews({
  productId,
  below,
}: {
  readonly productId: string;
  readonly below?: (review: ReviewShown, reload: () => void) => ReactNode;
}) {
  const { reviews } = useTexts();
  const words = useContributionWords();
  const [stars, setStars] = useState<(typeof filters)[number]>('');
  const shown = useShown(reviewsQuery, { id: productId, stars: stars === '' ? null : Number(stars) });
  return (
    <>
      <Select
        name="stars"
        label={words.filter}
        value={stars}
        options={filters.map((each) => [each, each === '' ? words.every : words.onlyStars(each)] as const)}
        onChange={setStars}
      />
      <Loaded shown={shown}>
        {({ product }) => (
          <>
            {product?.reviews.edges.length === 0 && (
              <Empty>{stars === '' ? reviews.none : words.noneLikeIt}</Empty>
            )}
            {product?.reviews.edges.map(({ node }) => (
              <article key={node.id} className="review">
                <header>
                  <Stars of={node.rating} /> <strong>{node.authorName}</strong> <Moment at={node.writtenAt} />
                </header>
                <p>{node.text}</p>
                <Photos of={node.photos} />
                <Helpful on={{ reviewId: node.id }} of={node} />
                <Report on={{ reviewId: node.id }} />
                {node.answer && <Post of={node.answer} />}
                {below?.(node, shown.reload)}
              </article>
            ))}
          </>
        )}
      </Loaded>
    </>
  );
}
