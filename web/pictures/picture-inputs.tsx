import { useState, type ReactNode } from 'react';
import type { Problem } from '../api';
import { useUpload } from '../api/upload';
import { Field } from '../ui/form';
import { ProblemNote } from '../ui/states';
import { usePictureWords } from './words';

/** A picture in a list that is being made. */
export type Chosen = { readonly id: string; readonly thumbnailUrl: string };

/** As the server. A larger one is not sent. */
const BYTES_MAX = 8 * 1024 * 1024;
const ACCEPTED = 'image/jpeg,image/png,image/webp';
const PERCENT = 100;

const tooLarge: Problem = {
  code: 'PICTURE_TOO_LARGE',
  message: 'The picture has over 8 MiB. Send a smaller one: with fewer pixels, or compressed more.',
  field: undefined,
};

type Refused = { readonly name: string; readonly problem: Problem };

/** Uploads the chosen files one after the other, and adds those that the server takes. */
const useUploads = (onAdd: (picture: Chosen) => void) => {
  const upload = useUpload();
  const [sending, setSending] = useState<{ readonly name: string; readonly part: number }>();
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const send = async (files: readonly File[]): Promise<void> => {
    setRefused([]);
    for (const file of files) {
      const { name } = file;
      setSending({ name, part: 0 });
      const outcome =
        file.size > BYTES_MAX
          ? { problem: tooLarge }
          : await upload(file, (part) => setSending({ name, part }));
      if (outcome.picture) onAdd(outcome.picture);
      else setRefused((before) => [...before, { name, problem: outcome.problem }]);
    }
    setSending(undefined);
  };
  return { sending, refused, send };
};

const moved = <Item,>(items: readonly Item[], from: number, to: number): readonly Item[] => {
  const others = items.filter((_, index) => index !== from);
  const item = items[from];
  return item === undefined ? items : [...others.slice(0, to), item, ...others.slice(to)];
};

/** Moves a picture in its list, or removes it. */
function Actions({
  index,
  isLast,
  onMove,
  onRemove,
}: {
  readonly index: number;
  readonly isLast: boolean;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}) {
  const words = usePictureWords();
  const number = index + 1;
  return (
    <span className="actions">
      <button
        type="button"
        aria-label={words.earlier(number)}
        aria-disabled={index === 0}
        onClick={() => {
          if (index > 0) onMove(index - 1);
        }}
      >
        ←
      </button>
      <button
        type="button"
        aria-label={words.later(number)}
        aria-disabled={isLast}
        onClick={() => {
          if (!isLast) onMove(index + 1);
        }}
      >
        →
      </button>
      <button type="button" aria-label={words.remove(number)} onClick={onRemove}>
        ✕
      </button>
    </span>
  );
}

/** Uploads pictures: shows how far they are, and why some were refused. */
function Uploads({ room, onAdd }: { readonly room: number; readonly onAdd: (picture: Chosen) => void }) {
  const words = usePictureWords();
  const { sending, refused, send } = useUploads(onAdd);
  return (
    <>
      {room > 0 && (
        <Field label={words.add} help={words.help}>
          {(control) => (
            <input
              {...control}
              type="file"
              accept={ACCEPTED}
              multiple
              disabled={sending !== undefined}
              onChange={({ target }) => {
                const files = [...(target.files ?? [])].slice(0, room);
                // The same file can be chosen again after a refusal.
                target.value = '';
                void send(files);
              }}
            />
          )}
        </Field>
      )}
      {sending && (
        <p role="status">
          <progress value={sending.part} max={1} aria-label={sending.name} />{' '}
          {words.sending(sending.name, Math.round(sending.part * PERCENT))}
        </p>
      )}
      {refused.map(({ name, problem }) => (
        <div key={name}>
          <p>{words.refused(name)}</p>
          <ProblemNote problem={problem} />
        </div>
      ))}
    </>
  );
}

/** The pictures of something: added by upload, put in order, removed. The caller saves them. */
export function PictureInputs<Picture extends Chosen>({
  pictures,
  max,
  onChange,
  toPicture,
  below,
}: {
  readonly pictures: readonly Picture[];
  readonly max: number;
  /** Gets the change, because an upload may end after others. */
  readonly onChange: (change: (before: readonly Picture[]) => readonly Picture[]) => void;
  readonly toPicture: (uploaded: Chosen) => Picture;
  /** Further inputs of a picture. */
  readonly below?: (picture: Picture, index: number) => ReactNode;
}) {
  const words = usePictureWords();
  const add = (uploaded: Chosen): void =>
    onChange((before) =>
      before.some(({ id }) => id === uploaded.id) ? before : [...before, toPicture(uploaded)],
    );
  const room = max - pictures.length;
  return (
    <div className="picture-inputs">
      <ol className="pictures">
        {pictures.map((picture, index) => (
          <li key={picture.id}>
            <img src={picture.thumbnailUrl} alt={words.numbered(index + 1)} width={120} height={120} />
            <Actions
              index={index}
              isLast={index === pictures.length - 1}
              onMove={(to) => onChange((before) => moved(before, index, to))}
              onRemove={() => onChange((before) => before.filter(({ id }) => id !== picture.id))}
            />
            {below?.(picture, index)}
          </li>
        ))}
      </ol>
      {room <= 0 && <p>{words.full(max)}</p>}
      <Uploads room={room} onAdd={add} />
    </div>
  );
}
