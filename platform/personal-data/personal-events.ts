import type { Random } from '../clock';
import type { NewEvent, RecordedEvent } from '../event-store';
import { Fault } from '../faults';
import type { KeyCache, KnownKey } from './cached-keys';
import { isSealed, NONCE_BYTES, openValue, sealValue, type SealPlace } from './seal';

/** The personal data in one type of event, as its aggregate declares it. */
export type PersonalRule = { readonly person: string; readonly erased: Readonly<Record<string, unknown>> };

/** The rules of all types of events that have personal data. */
export type PersonalRules = Readonly<Record<string, PersonalRule | undefined>>;

type Path = readonly [string] | readonly [string, string];
type Field = { readonly path: string; readonly keys: Path; readonly erased: unknown };
type Plan = { readonly person: Path; readonly fields: readonly Field[] };
type Data = Readonly<Record<string, unknown>>;

const keysOf = (path: string): Path => {
  const [first = '', second] = path.split('.');
  return second === undefined ? [first] : [first, second];
};

const planOf = ({ person, erased }: PersonalRule): Plan => ({
  person: keysOf(person),
  fields: Object.entries(erased).map(([path, value]) => ({ path, keys: keysOf(path), erased: value })),
});

const valueAt = (data: Data, [first, second]: Path): unknown => {
  const value = data[first];
  if (second === undefined) return value;
  return typeof value === 'object' && value !== null ? (value as Data)[second] : undefined;
};

const withField = (data: Data, name: string, value: unknown): Data => {
  // The other fields keep their order, from which the ids of events are derived.
  if (value !== undefined) return { ...data, [name]: value };
  return Object.fromEntries(Object.entries(data).filter(([other]) => other !== name));
};

type LazyValue = { readonly keys: Path; readonly open: () => unknown };

const defineLazily = (data: Data, name: string, open: () => unknown): void => {
  const become = (value: unknown): void =>
    void Object.defineProperty(data, name, { value, enumerable: true, writable: true, configurable: true });
  Object.defineProperty(data, name, {
    enumerable: true,
    configurable: true,
    get: () => {
      const value = open();
      become(value);
      return value;
    },
    set: become,
  });
};

/**
 * Returns the data with values that are each opened when they are first read. Most readers of an event need none of its personal
 * data, and to open a field takes longer than to read an event.
 */
const withLazyValues = (data: Data, values: readonly LazyValue[]): Data => {
  // Each object is copied before its first lazy value: a copy afterwards would open it.
  const inner = new Map<string, Data>();
  for (const { keys: path } of values)
    if (path[1] !== undefined) inner.set(path[0], { ...(data[path[0]] as Data) });
  const copy: Data = { ...data, ...Object.fromEntries(inner) };
  for (const { keys: path, open } of values) {
    const [first, second] = path;
    if (second === undefined) defineLazily(copy, first, open);
    else defineLazily(inner.get(first) as Data, second, open);
  }
  return copy;
};

const withValue = (data: Data, [first, second]: Path, value: unknown): Data =>
  second === undefined
    ? withField(data, first, value)
    : { ...data, [first]: withField(data[first] as Data, second, value) };

type EventInStream = NewEvent & Pick<RecordedEvent, 'stream'>;

/** Seals the personal data of events with the keys of its persons, and opens it. */
export type PersonalEvents = {
  /** Tests whether events of the type have personal data. */
  readonly isPersonal: (type: string) => boolean;
  /** Returns the events as they are stored. Data of a person who was erased is not stored. */
  readonly seal: <Event extends EventInStream>(events: readonly Event[]) => Promise<readonly Event[]>;
  /**
   * Returns the event with its personal data open, or erased; undefined if its key must be read first. Data that is damaged throws
   * Fault `STORE_CORRUPT` when it is read.
   */
  readonly openNow: (event: RecordedEvent) => RecordedEvent | undefined;
  /** The same for several events, of which it reads the keys. */
  readonly open: (events: readonly RecordedEvent[]) => Promise<readonly RecordedEvent[]>;
  /** Tests whether an event that was opened lacks personal data that it had when it was stored. */
  readonly isErased: (event: RecordedEvent) => boolean;
};

/** Returns the person whose data the event has. */
const personIn = (plan: Pick<Plan, 'person'>, { data }: Pick<NewEvent, 'data'>): string | undefined => {
  const person = valueAt(data as Data, plan.person);
  return typeof person === 'string' ? person : undefined;
};

/** Returns the person whose data an event of the rule's type has; undefined where it names none. */
export const personOf = (
  { person }: Pick<PersonalRule, 'person'>,
  event: Pick<NewEvent, 'data'>,
): string | undefined => personIn({ person: keysOf(person) }, event);

const sealed = <Event extends EventInStream>(
  event: Event,
  { fields }: Plan,
  key: KnownKey | undefined,
  random: Pick<Random, 'bytes'>,
): Event => {
  // The store of the keys cannot see it yet: another member of MongoDB has it, or a fail-over lost it.
  if (key === undefined || key === 'none')
    throw new Fault('STORE_UNAVAILABLE', 'A key of personal data cannot be read after it was made.');
  let data = event.data as Data;
  for (const { path, keys: names, erased } of fields) {
    const value = valueAt(data, names);
    if (value === undefined) continue;
    const place: SealPlace = { stream: event.stream, type: event.type, path };
    const stored = key === 'destroyed' ? erased : sealValue(value, place, key, random.bytes(NONCE_BYTES));
    data = withValue(data, names, stored);
  }
  return { ...event, data };
};

const opened = (event: RecordedEvent, { fields }: Plan, key: KnownKey): RecordedEvent => {
  let data = event.data as Data;
  const values: LazyValue[] = [];
  for (const { path, keys: names, erased } of fields) {
    const value = valueAt(data, names);
    if (value === undefined) continue;
    if (key === 'destroyed') data = withValue(data, names, erased);
    else if (isSealed(value)) {
      const place = { stream: event.stream, type: event.type, path };
      if (key === 'none')
        throw new Fault('STORE_CORRUPT', `There is no key for ${path} of ${event.type} in ${event.stream}.`);
      values.push({ keys: names, open: () => openValue(value, place, key) });
    }
  }
  if (values.length > 0) data = withLazyValues(data, values);
  return data === event.data ? event : { ...event, data };
};

const hasSealed = ({ fields }: Plan, { data }: RecordedEvent): boolean =>
  fields.some(({ keys: path }) => isSealed(valueAt(data as Data, path)));

export const personalEvents = (
  rules: PersonalRules,
  keys: KeyCache,
  random: Pick<Random, 'bytes'>,
): PersonalEvents => {
  const plans = new Map<string, Plan>();
  for (const [type, rule] of Object.entries(rules)) if (rule !== undefined) plans.set(type, planOf(rule));

  const openNow = (event: RecordedEvent): RecordedEvent | undefined => {
    const plan = plans.get(event.type);
    if (plan === undefined) return event;
    const person = personIn(plan, event);
    if (person === undefined) return event;
    const key = keys.known(person);
    // Another process may have made a key since.
    if (key === undefined || (key === 'none' && hasSealed(plan, event))) return undefined;
    return opened(event, plan, key);
  };

  const open = async (events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> => {
    const now = events.map(openNow);
    const people = events.flatMap((event, index) => {
      const plan = now[index] === undefined ? plans.get(event.type) : undefined;
      return (plan && personIn(plan, event)) ?? [];
    });
    if (people.length === 0) return now as readonly RecordedEvent[];
    const found = await keys.load(people);
    return now.map((one, index) => {
      if (one !== undefined) return one;
      const event = events[index] as RecordedEvent;
      const plan = plans.get(event.type) as Plan;
      return opened(event, plan, found.get(personIn(plan, event) ?? '') ?? 'none');
    });
  };

  return {
    isPersonal: (type) => plans.has(type),
    seal: async (events) => {
      const people = events.flatMap((event) => {
        const plan = plans.get(event.type);
        return (plan && personIn(plan, event)) ?? [];
      });
      if (people.length === 0) return events;
      const made = await keys.make(people);
      return events.map((event) => {
        const plan = plans.get(event.type);
        const person = plan && personIn(plan, event);
        return person === undefined || plan === undefined
          ? event
          : sealed(event, plan, made.get(person), random);
      });
    },
    openNow,
    open,
    isErased: (event) => {
      const plan = plans.get(event.type);
      const person = plan && personIn(plan, event);
      return person !== undefined && keys.known(person) === 'destroyed';
    },
  };
};
