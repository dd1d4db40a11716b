import { Link } from '@tanstack/react-router';
import { useShown } from '../../api';
import { HiddenFor, OwnPosts } from '../../contributions/own-posts';
import { useTexts } from '../../text';
import { useAccountWords } from '../../text/account';
import { Moment } from '../../ui/moment';
import { ForAccount, Page } from '../../ui/page';
import { Stars } from '../../ui/stars';
import { Empty, Loaded } from '../../ui/states';
import { OwnAddresses } from './addresses';
import { OwnData } from './own-data';
import { OwnMerchant } from '../products/merchant';
import { OwnNotifications } from './notifications';
import { ownReviewsQuery, type OwnReview } from '../products/own-reviews';
import { ChangePassword, OwnProfile } from './profile';
import { WithdrawReview } from '../products/reviews';
import { OwnSessions } from './sessions';
import { OwnVerification } from './verify-email';

function OwnReviews({ of }: { readonly of: readonly OwnReview[] }) {
  const { account } = useAccountWords();
  const { nav } = useTexts();
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">{account.reviews}</h2>
      {of.length === 0 && (
        <Empty>
          {account.noReviews} <Link to="/orders">{nav.orders}</Link>
        </Empty>
      )}
      {of.map(({ id, rating, text, writtenAt, editedAt, hiddenFor, product, seller }) => (
        <article key={id} className="review">
          <header>
            <Stars of={rating} />{' '}
            {product ? (
              <Link to="/products/$id" params={{ id: product.id }}>
                {product.name}
              </Link>
            ) : (
              seller?.name
            )}{' '}
            <Moment at={editedAt ?? writtenAt} />
          </header>
          <p>{text}</p>
          <HiddenFor reason={hiddenFor} />
          <WithdrawReview id={id} />
        </article>
      ))}
    </section>
  );
}

function OwnAccount() {
  const { account, roles } = useAccountWords();
  const shown = useShown(ownReviewsQuery, {});
  return (
    <Page title={account.title}>
      <Loaded shown={shown}>
        {({ me }) =>
          me && (
            <>
              <dl className="facts">
                <dt>{account.name}</dt>
                <dd>{me.name}</dd>
                <dt>{account.email}</dt>
                <dd>{me.email}</dd>
                <dt>{account.roles}</dt>
                <dd>
                  {[...me.roles.map((role) => roles[role]), ...me.definedRoles.map(({ name }) => name)].join(
                    ', ',
                  )}
                </dd>
              </dl>
              <OwnVerification />
              <OwnProfile />
              <ChangePassword />
              <OwnAddresses />
              <OwnNotifications />
              <OwnSessions />
              <OwnData />
              <OwnMerchant />
              <OwnReviews of={me.reviews.edges.map(({ node }) => node)} />
              <OwnPosts />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

/** The signed-in account: its profile, password, addresses, e-mails, sessions and reviews. */
export function AccountPage() {
  return (
    <ForAccount>
      <OwnAccount />
    </ForAccount>
  );
}
