import { useState } from 'react';
import { graphql, rejection, useAction } from '../api';
import { PictureInputs, type Chosen } from '../pictures/picture-inputs';
import { usePictureWords } from '../pictures/words';
import { Form } from '../ui/form';
import { ownProduct } from './product-fields';

const setProductPictures = graphql(
  `
    mutation SetProductPictures($input: SetProductPicturesInput!) {
      setProductPictures(input: $input) {
        __typename
        ... on SetProductPicturesSuccess {
          consistencyToken
          product {
            ...OwnProduct
          }
        }
        ...Rejection
      }
    }
  `,
  [ownProduct, rejection],
);

/** As the server. */
const PICTURES_MAX = 8;
const ALT_MAX = 200;

type Picture = Chosen & { readonly altEn: string; readonly altZh: string };

type Shown = Chosen & { readonly altEn: string | null; readonly altZh: string | null };

const toPicture = ({ id, thumbnailUrl, altEn, altZh }: Chosen & Partial<Shown>): Picture => ({
  ...{ id, thumbnailUrl },
  altEn: altEn ?? '',
  altZh: altZh ?? '',
});

/** The words for those who do not see a picture. */
function AltInputs({
  of: { altEn, altZh },
  onChange,
}: {
  readonly of: Picture;
  readonly onChange: (alt: Partial<Picture>) => void;
}) {
  const words = usePictureWords();
  return (
    <>
      <label>
        {words.altEn}
        <input
          value={altEn}
          maxLength={ALT_MAX}
          onChange={({ target }) => onChange({ altEn: target.value })}
        />
      </label>
      <label>
        {words.altZh}
        <input
          value={altZh}
          maxLength={ALT_MAX}
          onChange={({ target }) => onChange({ altZh: target.value })}
        />
      </label>
    </>
  );
}

/** The pictures of an own product: uploaded, described, put in order and removed, and saved together. */
export function ProductPictures({
  of: { id: productId, pictures: shown },
  onRefused,
}: {
  readonly of: { readonly id: string; readonly pictures: readonly Shown[] };
  /** Shows the product as it is now. */
  readonly onRefused: () => void;
}) {
  const words = usePictureWords();
  const action = useAction(setProductPictures);
  const [changed, setChanged] = useState<readonly Picture[]>();
  const [isSaved, setSaved] = useState(false);
  const saved = shown.map(toPicture);
  const pictures = changed ?? saved;
  const change = (how: (before: readonly Picture[]) => readonly Picture[]): void => {
    setSaved(false);
    setChanged((before) => how(before ?? saved));
  };
  const describe = (id: string, alt: Partial<Picture>): void =>
    change((before) => before.map((picture) => (picture.id === id ? { ...picture, ...alt } : picture)));
  const save = async (): Promise<void> => {
    const success = await action.run({
      productId,
      pictures: pictures.map(({ id, altEn, altZh }) => ({ pictureId: id, altEn, altZh })),
      expectedPictureIds: shown.map(({ id }) => id),
    });
    if (success === undefined) onRefused();
    else setChanged(undefined);
    setSaved(success !== undefined);
  };
  return (
    <section className="panel" aria-labelledby="pictures">
      <h2 id="pictures">{words.pictures}</h2>
      <Form
        submit={words.save}
        isRunning={action.isRunning}
        problem={action.problem}
        onSubmit={() => void save()}
      >
        {pictures.length === 0 && <p className="empty">{words.none}</p>}
        <PictureInputs
          pictures={pictures}
          max={PICTURES_MAX}
          onChange={change}
          toPicture={toPicture}
          below={(picture, index) => (
            <>
              {index === 0 && <small>{words.first}</small>}
              <AltInputs of={picture} onChange={(alt) => describe(picture.id, alt)} />
            </>
          )}
        />
        {changed !== undefined && <p role="status">{words.unsaved}</p>}
        {isSaved && <p role="status">{words.saved}</p>}
      </Form>
    </section>
  );
}
