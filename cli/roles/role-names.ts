import { UsageError } from '../program/command';

/** The parts of the platform that can run as processes of their own. */
export const roles = [
  'edge',
  'commands',
  'projections',
  'workflows',
  'world-gateway',
  'ups-gateway',
  'simulators',
] as const;
export type Role = (typeof roles)[number];

const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name);

/** @param names - as given to `--role`: one or several with commas; none, or `all`, for everything. */
export const parseRoles = (names: readonly string[]): ReadonlySet<Role> => {
  const wanted = names.flatMap((name) => name.split(',')).filter((name) => name !== '');
  if (wanted.length === 0 || wanted.includes('all')) return new Set(roles);
  return new Set(
    wanted.map((name) => {
      if (!isRole(name)) throw new UsageError(`--role takes ${roles.join(', ')} or all; not "${name}".`);
      return name;
    }),
  );
};
