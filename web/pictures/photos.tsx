import { usePictureWords } from './words';

/** The photos of a review or a request, each of which opens in its full size. */
export function Photos({
  of,
}: {
  readonly of: readonly { readonly id: string; readonly url: string; readonly thumbnailUrl: string }[];
}) {
  const words = usePictureWords();
  if (of.length === 0) return null;
  return (
    <ul className="pictures">
      {of.map(({ id, url, thumbnailUrl }, index) => (
        <li key={id}>
          <a href={url} target="_blank" rel="noreferrer">
            <img src={thumbnailUrl} alt={words.numbered(index + 1)} width={96} height={96} loading="lazy" />
          </a>
        </li>
      ))}
    </ul>
  );
}
