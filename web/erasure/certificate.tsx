import { graphql, readFragment, type FragmentOf } from '../api';
import { Facts } from '../ui/facts';
import { Moment } from '../ui/moment';
import { SaveLink } from '../ui/save-link';
import { useErasureWords } from './words';

export const certificateFields = graphql(`
  fragment CertificateFields on ErasureCertificate {
    certificateId
    accountId
    erasedAt
    counts {
      category
      count
    }
    streams
  }
`);

/** Returns the numbers of erased records by their kind; an empty text for none. */
export const counted = (counts: readonly { readonly category: string; readonly count: number }[]): string =>
  counts.map(({ category, count }) => `${category}: ${count}`).join(', ');

/** The record of an erasure, to be saved. Nothing shows it again. */
export function Certificate({ of }: { readonly of: FragmentOf<typeof certificateFields> }) {
  const words = useErasureWords();
  const certificate = readFragment(certificateFields, of);
  const { certificateId, accountId, erasedAt, counts } = certificate;
  return (
    <section aria-labelledby="certificate">
      <h2 id="certificate">{words.certificate}</h2>
      <p>{words.certificateAbout}</p>
      <Facts
        of={[
          [words.number, certificateId],
          [words.account, accountId],
          [words.at, <Moment key="at" at={erasedAt} />],
          [words.streams, counted(counts) || words.unfinished],
        ]}
      />
      <SaveLink content={certificate} file={`erasure-${certificateId}.json`}>
        {words.download}
      </SaveLink>
    </section>
  );
}
