import { graphql, readFragment, type FragmentOf } from '../api';
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

/** The record of an erasure, to be saved. Nothing shows it again. */
export function Certificate({ of }: { readonly of: FragmentOf<typeof certificateFields> }) {
  const words = useErasureWords();
  const certificate = readFragment(certificateFields, of);
  const { certificateId, accountId, erasedAt, counts } = certificate;
  return (
    <section aria-labelledby="certificate">
      <h2 id="certificate">{words.certificate}</h2>
      <p>{words.certificateAbout}</p>
      <dl className="facts">
        <dt>{words.number}</dt>
        <dd>{certificateId}</dd>
        <dt>{words.account}</dt>
        <dd>{accountId}</dd>
        <dt>{words.at}</dt>
        <dd>
          <Moment at={erasedAt} />
        </dd>
        <dt>{words.streams}</dt>
        <dd>
          {counts.length === 0
            ? words.unfinished
            : counts.map(({ category, count }) => `${category}: ${count}`).join(', ')}
        </dd>
      </dl>
      <SaveLink content={certificate} file={`erasure-${certificateId}.json`}>
        {words.download}
      </SaveLink>
    </section>
  );
}
