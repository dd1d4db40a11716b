import { useState } from 'react';
import { useRealm } from '../api';
import { readFile } from '../api/file';
import { saveFile } from './save-file';

/** A button that saves a file which only the signed-in account may read. `failed`: what is said if it cannot be read. */
export function SaveFileButton({
  path,
  name,
  text,
  label,
  failed,
}: {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  /** The name of the button where its text does not say which file it saves. */
  readonly label: string;
  readonly failed: string;
}) {
  const realm = useRealm();
  const [state, setState] = useState<'still' | 'running' | 'failed'>('still');
  const save = async (): Promise<void> => {
    if (state === 'running') return;
    setState('running');
    const content = await readFile(path, realm);
    setState(content === undefined ? 'failed' : 'still');
    if (content !== undefined) saveFile(name, content);
  };
  return (
    <>
      <button
        type="button"
        aria-label={label}
        aria-disabled={state === 'running'}
        onClick={() => void save()}
      >
        {text}
      </button>
      {state === 'failed' && (
        <small className="problem" role="alert">
          {failed}
        </small>
      )}
    </>
  );
}
