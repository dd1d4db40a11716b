import { Link } from '@tanstack/react-router';
import { useAction, useShown } from '../api';
import { ActionButton } from '../ui/form';
import { Moment } from '../ui/moment';
import { Empty, Loaded } from '../ui/states';
import { ownPostsQuery, withdrawPost } from './documents';
import { useContributionWords } from './words';

function Withdraw({ postId }: { readonly postId: string }) {
  const words = useContributionWords();
  const action = useAction(withdrawPost);
  return <ActionButton label={words.withdraw} action={action} onRun={() => void action.run({ postId })} />;
}

/** The reason for which the moderators have hidden something, for its author. */
export function HiddenFor({ reason }: { readonly reason: string | null }) {
  const words = useContributionWords();
  return reason === null ? null : <p className="problem">{words.hidden(reason)}</p>;
}

/** The questions and answers of the signed-in account. */
export function OwnPosts() {
  const words = useContributionWords();
  const shown = useShown(ownPostsQuery, {});
  return (
    <section aria-labelledby="own-posts">
      <h2 id="own-posts">{words.own}</h2>
      <Loaded shown={shown}>
        {({ me }) => (
          <>
            {me?.posts.edges.length === 0 && <Empty>{words.noneOwn}</Empty>}
            {me?.posts.edges.map(({ node: { id, text, writtenAt, hiddenFor, product } }) => (
              <article key={id} className="review">
                <header>
                  {product && (
                    <Link to="/products/$id" params={{ id: product.id }}>
                      {product.name}
                    </Link>
                  )}{' '}
                  <Moment at={writtenAt} />
                </header>
                <p>{text}</p>
                <HiddenFor reason={hiddenFor} />
                <Withdraw postId={id} />
              </article>
            ))}
          </>
        )}
      </Loaded>
    </section>
  );
}
