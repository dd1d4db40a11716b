import { useEffect, useMemo, type ReactNode } from 'react';

/** A link that saves a value as a JSON file, which the browser makes. */
export function SaveLink({
  content,
  file,
  children,
}: {
  readonly content: unknown;
  readonly file: string;
  readonly children: ReactNode;
}) {
  const url = useMemo(
    () =>
      URL.createObjectURL(new Blob([JSON.stringify(content, undefined, 2)], { type: 'application/json' })),
    [content],
  );
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <a href={url} download={file}>
      {children}
    </a>
  );
}
