/** The states of a notification, as a filter of its lists. */
export const notificationStatuses = ['queued', 'held', 'sent', 'gathered', 'parked', 'skipped'] as const;
