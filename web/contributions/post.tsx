import type { ReactNode } from 'react';
import { Moment } from '../ui/moment';
import type { PostShown } from './documents';
import { Helpful, Report } from './reader-actions';
import { useContributionWords } from './words';

/** A question or an answer, with what its readers can do. */
export function Post({ of, children }: { readonly of: PostShown; readonly children?: ReactNode }) {
  const words = useContributionWords();
  const { id, authorName, writtenAs, text, writtenAt } = of;
  const relation = words.authors[writtenAs];
  return (
    <article className="review">
      <header>
        <strong>{authorName}</strong> {relation && <em>{relation}</em>} <Moment at={writtenAt} />
      </header>
      <p>{text}</p>
      <Helpful on={{ postId: id }} of={of} />
      <Report on={{ postId: id }} />
      {children}
    </article>
  );
}
