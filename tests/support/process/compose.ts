import { yamlOf } from '../project-files';

export type Service = {
  readonly image: string;
  readonly profiles: readonly string[];
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>> | readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
};

export type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, null>>;
};

/** `${NAME:-default}` as Compose fills it in where nothing is set. */
const withDefaults = (text: string): string => text.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

const filledIn = <Content>(content: Content): Content =>
  JSON.parse(withDefaults(JSON.stringify(content))) as Content;

/** docker-compose.yml, anchors and variables resolved. */
export const compose = filledIn(yamlOf('docker-compose.yml') as Compose);

/** Those that run Waybill. */
export const waybillServices = Object.entries(compose.services).filter(
  ([, { build }]) => build !== undefined,
);

/** Returns the path at which a service reads its secrets. */
export const SECRETS = '/run/secrets/';
