import { decideModeration, evolveModeration, openReportsMax, withoutReports } from './index';
import type { AccountId, Instant, Moderation, ModerationCommand, ModerationFact } from './index';

const authorId = 'ada' as AccountId;
const moderatorId = 'mia' as AccountId;
const at = '2026-11-02T09:00:00.000Z' as Instant;

const report = (reporterId: string): ModerationCommand => ({
  ...{ type: 'Report', reporterId: reporterId as AccountId, reason: 'SPAM', note: 'n', at },
});
const hide = (reason = 'spam'): ModerationCommand => ({ type: 'Hide', moderatorId, reason, at });
const dismiss: ModerationCommand = { type: 'DismissReports', moderatorId, at };
const restore: ModerationCommand = { type: 'Restore', moderatorId, at };

const decide = (command: ModerationCommand, moderation?: Moderation) =>
  decideModeration(command, { authorId, moderation });

/** Returns the moderation after commands that are all accepted, and the types of the facts. */
const after = (...commands: readonly ModerationCommand[]) => {
  let moderation: Moderation | undefined;
  const types: ModerationFact['type'][] = [];
  for (const command of commands) {
    const decision = decide(command, moderation);
    if (!decision.ok) throw new Error(decision.rejection.code);
    for (const fact of decision.events) {
      moderation = evolveModeration(moderation, fact);
      types.push(fact.type);
    }
  }
  return { moderation, types };
};

it('records a report with its reason, once for each account', () => {
  expect(decide(report('eve'))).toEqual({
    ok: true,
    events: [
      {
        type: 'Reported',
        data: { reporterId: 'eve', reason: 'SPAM', note: 'n', authorId: 'ada', reportedAt: at },
      },
    ],
  });
  expect(after(report('eve'), report('eve'), report('bob'))).toEqual({
    moderation: { reporters: ['eve', 'bob'] },
    types: ['Reported', 'Reported'],
  });
});

it('refuses a report by the author', () =>
  expect(decide(report(authorId))).toEqual({ ok: false, rejection: { code: 'OWN_CONTRIBUTION' } }));

it('records no more open reports than a moderator reads', () => {
  const reports = Array.from({ length: openReportsMax + 1 }, (_, index) => report(`account-${index}`));
  expect(after(...reports).types).toHaveLength(openReportsMax);
});

it('is reported again after its reports were dismissed', () =>
  expect(after(report('eve'), dismiss, dismiss, report('eve')).types).toEqual([
    'Reported',
    'ReportsDismissed',
    'Reported',
  ]));

it('hides once, closes the reports, and restores once', () => {
  expect(after(report('eve'), hide(), hide())).toEqual({
    moderation: { hiddenFor: 'spam', reporters: [] },
    types: ['Reported', 'Hidden'],
  });
  expect(after(restore, hide(), restore, restore, hide('insult')).types).toEqual([
    'Hidden',
    'Restored',
    'Hidden',
  ]);
});

it('refuses to hide for another reason what is hidden', () =>
  expect(decide(hide('insult'), { hiddenFor: 'spam', reporters: [] })).toEqual({
    ok: false,
    rejection: { code: 'ALREADY_HIDDEN', hiddenFor: 'spam' },
  }));

it('forgets the reports of what is withdrawn, and not that it is hidden', () => {
  expect(withoutReports(undefined)).toBeUndefined();
  expect(withoutReports({ hiddenFor: 'spam', reporters: [authorId] })).toEqual({
    hiddenFor: 'spam',
    reporters: [],
  });
});
