import { useEffect, useMemo, useState } from 'react';
import { graphql, useShown } from '../api';
import { useAccountWords } from '../text/account';
import { Loaded } from '../ui/states';

const copyQuery = graphql(`
  query OwnDataCopy {
    downloadMyData {
      at
      content
    }
  }
`);

function SaveLink({ at, content }: { readonly at: string; readonly content: unknown }) {
  const { ownData } = useAccountWords();
  const url = useMemo(
    () =>
      URL.createObjectURL(new Blob([JSON.stringify(content, undefined, 2)], { type: 'application/json' })),
    [content],
  );
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <a href={url} download={`my-data-${at.slice(0, 10)}.json`}>
      {ownData.save}
    </a>
  );
}

function PreparedCopy() {
  const shown = useShown(copyQuery, {});
  return <Loaded shown={shown}>{({ downloadMyData: copy }) => copy && <SaveLink {...copy} />}</Loaded>;
}

/** The way to a copy of what is stored about the account. It is read only when it is wanted, because it is large. */
export function OwnData() {
  const { ownData } = useAccountWords();
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
    </section>
  );
}
