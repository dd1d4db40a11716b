import { z } from 'zod';
import { placeOf, placeText, startOf, startText } from './places';
import { strategies } from './settings';
import type { GroupConfig, GroupFilter } from './settings';

// The original stores its groups as one document, without fields that are zero or false. We add two fields: the start
// at the creation of the group, and prefixes that contain a comma.

const VERSION = '2';
const PREFIX = 'prefix';
const count = z.int().default(0);

const filterSchema = z.object({
  context: z.string(),
  type: z.string(),
  data: z.string().default(''),
  prefixes: z.array(z.string()).optional(),
});

const entrySchema = z.object({
  stream: z.string().min(1),
  group: z.string().min(1),
  filter: filterSchema.optional(),
  resolveLinkTos: z.boolean().default(false),
  extraStatistics: z.boolean().default(false),
  messageTimeout: count,
  startPosition: z.string().optional(),
  startFrom: z.int().optional(),
  startAfter: z.string().optional(),
  liveBufferSize: count,
  historyBufferSize: count,
  maxRetryCount: count,
  readBatchSize: count,
  checkPointAfter: count,
  minCheckPointCount: count,
  maxCheckPointCount: count,
  maxSubscriberCount: count,
  namedConsumerStrategy: z.string().optional(),
});

type Entry = z.infer<typeof entrySchema>;

const documentSchema = z.object({ version: z.string(), entries: z.array(entrySchema).default([]) });

/** The form of earlier versions of Waybill. */
const formerSchema = z.object({ groups: z.array(z.custom<GroupConfig>()) });

const filterOf = ({ context, type, data, prefixes }: z.infer<typeof filterSchema>): GroupFilter => ({
  on: context.toLowerCase() === 'eventtype' ? 'type' : 'stream',
  regex: type.toLowerCase() === PREFIX ? '' : data,
  prefixes: type.toLowerCase() === PREFIX ? (prefixes ?? data.split(',')) : [],
});

const storedFilter = ({ on, regex, prefixes }: GroupFilter): Entry['filter'] => ({
  context: on === 'type' ? 'eventtype' : 'streamid',
  ...(regex === ''
    ? { type: PREFIX, data: prefixes.join(','), prefixes: [...prefixes] }
    : { type: 'regex', data: regex }),
});

type StartAfter = (entry: Pick<GroupConfig, 'source' | 'startFrom'>) => number;

const configOf = (entry: Entry, startAfter: StartAfter): GroupConfig => {
  const { stream: source, startPosition, startFrom: startNumber = 0 } = entry;
  const startFrom = startOf(startPosition ?? String(startNumber)) ?? 'start';
  const strategy = strategies.find((each) => each === entry.namedConsumerStrategy) ?? 'RoundRobin';
  return {
    source,
    group: entry.group,
    startFrom,
    startAfter: placeOf(entry.startAfter ?? '') ?? startAfter({ source, startFrom }),
    ...(entry.filter === undefined ? {} : { filter: filterOf(entry.filter) }),
    settings: {
      resolveLinks: entry.resolveLinkTos,
      extraStatistics: entry.extraStatistics,
      messageTimeoutMs: entry.messageTimeout,
      maxRetryCount: entry.maxRetryCount,
      checkpointAfterMs: entry.checkPointAfter,
      minCheckpointCount: entry.minCheckPointCount,
      maxCheckpointCount: entry.maxCheckPointCount,
      maxSubscriberCount: entry.maxSubscriberCount,
      liveBufferSize: entry.liveBufferSize,
      readBatchSize: entry.readBatchSize,
      historyBufferSize: Math.max(1, entry.historyBufferSize),
      strategy,
    },
  };
};

const entryOf = ({ source, group, filter, settings, ...start }: GroupConfig): Entry => ({
  stream: source,
  group,
  ...(filter === undefined ? {} : { filter: storedFilter(filter) }),
  resolveLinkTos: settings.resolveLinks,
  extraStatistics: settings.extraStatistics,
  messageTimeout: Math.round(settings.messageTimeoutMs),
  startPosition: startText({ source, ...start }),
  startAfter: placeText(source, start.startAfter),
  liveBufferSize: settings.liveBufferSize,
  historyBufferSize: settings.historyBufferSize,
  maxRetryCount: settings.maxRetryCount,
  readBatchSize: settings.readBatchSize,
  checkPointAfter: Math.round(settings.checkpointAfterMs),
  minCheckPointCount: settings.minCheckpointCount,
  maxCheckPointCount: settings.maxCheckpointCount,
  maxSubscriberCount: settings.maxSubscriberCount,
  namedConsumerStrategy: settings.strategy,
});

/** Returns the document of these groups. */
export const storedGroups = (groups: readonly GroupConfig[], updated: string): object => ({
  version: VERSION,
  updated,
  updatedBy: 'anonymous',
  entries: groups.map(entryOf),
});

/**
 * Returns the groups of a document; undefined for any other document.
 *
 * @param startAfter - returns the start of a group that has none stored.
 */
export const groupsIn = (document: unknown, startAfter: StartAfter): readonly GroupConfig[] | undefined => {
  const read = documentSchema.safeParse(document);
  if (read.success) return read.data.entries.map((entry) => configOf(entry, startAfter));
  const former = formerSchema.safeParse(document);
  return former.success ? former.data.groups : undefined;
};
