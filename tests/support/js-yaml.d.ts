declare module 'js-yaml' {
  /** @throws YAMLException for text that is no YAML. */
  export const safeLoad: (text: string) => unknown;
}
