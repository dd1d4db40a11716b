import { textOf } from './project-files';

/** The options of Node with which the program runs, from the first line of its main module. */
export const nodeOptions: readonly string[] =
  /^#!\/usr\/bin\/env -S node (.+)$/m.exec(textOf('cli/main.ts'))?.[1]?.split(' ') ?? [];
