import type { SendMailOptions } from 'nodemailer';
import type { Message } from './channel';

/** Returns the name behind the `@` of message ids: the domain of the sender's address. */
const domainOf = (from: string): string => /@([^@<>\s]+)>?\s*$/.exec(from)?.[1] ?? 'waybill.invalid';

/** Returns a message as nodemailer composes it: no file and no address is read to do so. */
export const messageOf = (
  { to, subject, text, html, id, queuedAt }: Message,
  from: string,
): SendMailOptions => ({
  from,
  to,
  subject,
  text,
  html,
  messageId: `<${id}@${domainOf(from)}>`,
  date: new Date(queuedAt),
  // Automatic replies and notes of absence are not wanted (RFC 3834).
  headers: { 'Auto-Submitted': 'auto-generated' },
  disableFileAccess: true,
  disableUrlAccess: true,
});
