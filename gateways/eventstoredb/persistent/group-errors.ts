import { status } from '@grpc/grpc-js';
import { ProtocolError } from '../errors';
import type { GroupName } from './names';

const about = ({ source, group }: GroupName, exception: string): Readonly<Record<string, string>> => ({
  exception,
  'stream-name': encodeURI(source),
  'group-name': encodeURI(group),
});

export const doesNotExist = (name: GroupName): ProtocolError =>
  new ProtocolError(
    status.NOT_FOUND,
    `Subscription group ${name.group} on stream ${name.source} does not exist.`,
    about(name, 'persistent-subscription-does-not-exist'),
  );

export const existsAlready = (name: GroupName): ProtocolError =>
  new ProtocolError(
    status.ALREADY_EXISTS,
    `Subscription group ${name.group} on stream ${name.source} exists.`,
    about(name, 'persistent-subscription-exists'),
  );

export const dropped = (name: GroupName): ProtocolError =>
  new ProtocolError(
    status.CANCELLED,
    `Subscription group ${name.group} on stream ${name.source} was dropped.`,
    about(name, 'persistent-subscription-dropped'),
  );

export const tooManySubscribers = (name: GroupName): ProtocolError =>
  new ProtocolError(
    status.FAILED_PRECONDITION,
    `Maximum subscriptions reached for subscription group ${name.group} on stream ${name.source}.`,
    about(name, 'maximum-subscribers-reached'),
  );

export const failed = (name: GroupName, reason: string): ProtocolError =>
  new ProtocolError(
    status.INTERNAL,
    `Subscription group ${name.group} on stream ${name.source} failed: ${reason}`,
    { ...about(name, 'persistent-subscription-failed'), reason },
  );
