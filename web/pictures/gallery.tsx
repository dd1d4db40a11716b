import { useState } from 'react';
import { useLanguage } from '../text';
import { Picture } from '../ui/picture';
import { usePictureWords } from './words';

type Shown = {
  readonly id: string;
  readonly url: string;
  readonly thumbnailUrl: string;
  readonly width: number;
  readonly height: number;
  readonly altEn: string | null;
  readonly altZh: string | null;
};

type Product = Omit<Parameters<typeof Picture>[0]['of'], 'thumbnailUrl'> & {
  readonly imageUrl: string | null;
  readonly pictures: readonly Shown[];
};

/** The pictures of a product, one of them large; or its drawing, where the seller gave none. */
export function Gallery({ of }: { readonly of: Product }) {
  const words = usePictureWords();
  const language = useLanguage();
  const [chosen, setChosen] = useState<string>();
  const { pictures, name } = of;
  const found = pictures.findIndex(({ id }) => id === chosen);
  const index = Math.max(found, 0);
  const large = pictures[index];
  if (large === undefined) return <Picture of={{ ...of, thumbnailUrl: of.imageUrl }} large />;
  const { altEn, altZh } = large;
  const [first, second] = language === 'zh' ? [altZh, altEn] : [altEn, altZh];
  const { width, height, url } = large;
  return (
    <div className="gallery">
      <img
        key={large.id}
        {...{ src: url, width, height }}
        alt={first ?? second ?? words.of(name, index + 1)}
      />
      {pictures.length > 1 && (
        <ul className="pictures">
          {pictures.map(({ id, thumbnailUrl }, at) => (
            <li key={id}>
              <button
                type="button"
                aria-label={words.show(at + 1)}
                aria-pressed={at === index}
                onClick={() => setChosen(id)}
              >
                <img src={thumbnailUrl} alt="" width={64} height={64} loading="lazy" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
