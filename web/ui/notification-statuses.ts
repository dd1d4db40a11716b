/** The states of a notification, as a filter of its lists. */
export const notificationStatuses = ['queued', 'sent', 'parked', 'skipped'] as const;
