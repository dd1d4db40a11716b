/** The topics of notifications that an account can decline. */
export const notificationTopics = ['payments', 'deliveries'] as const;
export type NotificationTopic = (typeof notificationTopics)[number];
