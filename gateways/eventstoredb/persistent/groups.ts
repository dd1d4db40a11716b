import { shuttingDown } from '../errors';
import { Group } from './group';
import type { GroupParts } from './group';
import { doesNotExist, dropped, existsAlready, failed } from './group-errors';
import { keyOf } from './names';
import type { GroupName } from './names';
import { ALL, settingsOf, sourceOf } from './settings';
import type { GroupConfig, GroupOptions, StartFrom } from './settings';

/** All groups. A creation, change or deletion is stored before it is answered. */
export class Groups {
  private readonly groups = new Map<string, Group>();
  /** The previous change. Changes go one after the other, because the list of groups is written as a whole. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: GroupParts) {}

  async load(): Promise<void> {
    const { journal } = this.parts;
    const configs = await journal.loadGroups(({ source, startFrom }) => this.placeBefore(source, startFrom));
    for (const config of configs) this.open(config);
  }

  /** @throws ProtocolError for a group that does not exist. */
  get(name: GroupName): Group {
    const group = this.groups.get(keyOf(name));
    if (group === undefined) throw doesNotExist(name);
    return group;
  }

  /** @param source - all groups if absent. */
  list(source?: string): readonly Group[] {
    return [...this.groups.values()].filter(({ config }) => source === undefined || config.source === source);
  }

  create(options: GroupOptions): Promise<void> {
    return this.oneByOne(async () => {
      const { source, startFrom, filter } = sourceOf(options);
      const name = { source, group: options.groupName };
      if (this.groups.has(keyOf(name))) throw existsAlready(name);
      const config = {
        ...name,
        startFrom,
        startAfter: this.startAfter(name, startFrom),
        ...(filter === undefined ? {} : { filter }),
        settings: settingsOf(options, name),
      };
      await this.save([...this.configs(), config]);
      this.open(config);
    });
  }

  /**
   * Changes a group. Consumers are dropped and reconnect; the group keeps its progress, even if the start changes.
   */
  update(options: GroupOptions): Promise<void> {
    return this.oneByOne(async () => {
      const { source, startFrom } = sourceOf(options);
      const name = { source, group: options.groupName };
      const group = this.get(name);
      const before = group.config;
      const config = {
        ...before,
        startFrom,
        startAfter: before.startFrom === startFrom ? before.startAfter : this.startAfter(name, startFrom),
        settings: settingsOf(options, name),
      };
      await this.save(this.configs().map((each) => (each === before ? config : each)));
      await group.stop(dropped(before));
      this.open(config);
    });
  }

  delete(name: GroupName): Promise<void> {
    return this.oneByOne(async () => {
      const group = this.get(name);
      await this.save(this.configs().filter((each) => each !== group.config));
      this.groups.delete(keyOf(name));
      await group.stop(dropped(name));
      await this.parts.journal.forget(name);
    });
  }

  /** Drops all consumers and starts again from the stored state. */
  restart(): Promise<void> {
    return this.oneByOne(async () => {
      const groups = this.list();
      await Promise.all(groups.map((group) => group.stop(dropped(group.config))));
      this.groups.clear();
      await this.load();
    });
  }

  close(): Promise<void> {
    return this.oneByOne(async () => {
      await Promise.all(this.list().map((group) => group.stop(shuttingDown())));
    });
  }

  private configs(): readonly GroupConfig[] {
    return this.list().map(({ config }) => config);
  }

  private open(config: GroupConfig): void {
    this.groups.set(keyOf(config), new Group(config, this.parts));
  }

  private save(configs: readonly GroupConfig[]): Promise<void> {
    return this.parts.journal.saveGroups(configs);
  }

  /**
   * Returns the exclusive start of a group from its inclusive one. The end is fixed now, so that no event is lost
   * before the first use.
   */
  private startAfter(name: GroupName, startFrom: StartFrom): number {
    const head = this.parts.reading.store.head();
    if (name.source === ALL && typeof startFrom === 'number' && startFrom > head)
      throw failed(name, `${startFrom} is beyond the last event, at ${head}.`);
    return this.placeBefore(name.source, startFrom);
  }

  private placeBefore(source: string, startFrom: StartFrom): number {
    const { store } = this.parts.reading;
    const none = source === ALL ? 0 : -1;
    if (startFrom === 'start') return none;
    if (startFrom === 'end') return source === ALL ? store.head() : store.standing(source).revision;
    return Math.max(none, startFrom - 1);
  }

  private oneByOne<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(work, work);
    this.last = result.catch(() => undefined);
    return result;
  }
}
