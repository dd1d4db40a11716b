import { readdirSync } from 'node:fs';
import { pathOf, textOf } from '../project-files';

type Stored = { readonly type: string; readonly data: object; readonly metadata: object };

/** The events of every golden stream, as they were stored. */
export const goldenStreams = (): readonly (readonly Stored[])[] =>
  readdirSync(pathOf('tests/golden'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) =>
      textOf(`tests/golden/${name}`)
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line) as Stored),
    );
