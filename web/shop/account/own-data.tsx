import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { graphql, useShown } from '../../api';
import { useAccountWords } from '../../text/account';
import { useErasureWords } from '../../erasure/words';
import { SaveLink } from '../../ui/save-link';
import { Loaded } from '../../ui/states';

const copyQuery = graphql(`
  query OwnDataCopy {
    downloadMyData {
      at
      content
    }
  }
`);

function PreparedCopy() {
  const { ownData } = useAccountWords();
  const shown = useShown(copyQuery, {});
  return (
    <Loaded shown={shown}>
      {({ downloadMyData: copy }) =>
        copy && (
          <SaveLink content={copy.content} file={`my-data-${copy.at.slice(0, 10)}.json`}>
            {ownData.save}
          </SaveLink>
        )
      }
    </Loaded>
  );
}

/** The way to a copy of what is stored about the account, which is read only when it is wanted, and to its erasure. */
export function OwnData() {
  const { ownData } = useAccountWords();
  const { way } = useErasureWords();
  const [isWanted, setWanted] = useState(false);
  return (
    <section>
      <h2>{ownData.title}</h2>
      <p>{ownData.explanation}</p>
      {isWanted ? (
        <PreparedCopy />
      ) : (
        <button type="button" onClick={() => setWanted(true)}>
          {ownData.prepare}
        </button>
      )}
      <p>
        <Link to="/account/erase">{way}</Link>
      </p>
    </section>
  );
}
