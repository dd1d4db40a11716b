import type { UrlProblem } from '../../platform/http-client';
import { type SomeRows } from './row';

const endpoint = { endpointId: { type: 'ID', text: 'The ID of the webhook endpoint.' } };

const problemsZh: Readonly<Record<UrlProblem, string>> = {
  malformed: '格式不正确',
  'not-https': '不是 https',
  credentials: '含有用户名或密码',
  unresolvable: '找不到主机',
  'not-public': '主机的地址不是公网地址',
};

export const webhookRejections = {
  WEBHOOK_ENDPOINT_NOT_FOUND: {
    kind: 'not-found',
    why: 'The owner has no such webhook endpoint.',
    remedy: 'Use the ID of an endpoint, with its owner.',
    whyZh: '没有这个 webhook 端点。',
    remedyZh: '请选择列表中的端点。',
    figures: endpoint,
    about: ['endpointId'],
  },
  WEBHOOK_ENDPOINT_DISABLED: {
    kind: 'wrong-state',
    why: 'The webhook endpoint is disabled: nothing is sent to it.',
    remedy: 'Wait until it is enabled, or enable it.',
    whyZh: '此 webhook 端点已停用：不会向它发送任何内容。',
    remedyZh: '请等待它被启用，或启用它。',
    figures: endpoint,
    about: ['endpointId'],
  },
  TOO_MANY_WEBHOOK_ENDPOINTS: {
    kind: 'wrong-state',
    why: 'The owner has the maximum number of webhook endpoints.',
    remedy: 'Remove one that is not needed, or add its event types to another one.',
    whyZh: ({ max }) => `已有 ${max} 个 webhook 端点，达到上限。`,
    remedyZh: '请移除不需要的，或把事件类型加到另一个端点。',
    figures: { max: { type: 'Int', text: 'The maximum number.', as: 'endpointsMax' } },
  },
  WEBHOOK_EVENT_TYPES_MISSING: {
    kind: 'invalid',
    why: 'The list of event types is empty.',
    remedy: 'Choose at least one type of event.',
    whyZh: '没有选择事件类型。',
    remedyZh: '请至少选择一种。',
    figures: {},
    about: ['types'],
  },
  WEBHOOK_EVENT_TYPE_UNKNOWN: {
    kind: 'invalid',
    why: 'There is no such event type for this owner.',
    says: ({ type }) => `There is no event type ${type} for this owner.`,
    remedy: 'Choose from the list of types. Some are only for endpoints of the platform.',
    whyZh: ({ type }) => `没有可供您使用的事件类型 ${type}。`,
    remedyZh: '请选择列表中的类型。有些类型只供平台的端点使用。',
    figures: { type: { type: 'String', text: 'The type that was given.', as: 'eventType' } },
    about: ['types'],
  },
  WEBHOOK_URL_REFUSED: {
    kind: 'invalid',
    why: 'Messages are not sent to this URL.',
    says: ({ url, problem }) => `Messages are not sent to ${url}: ${problem}.`,
    remedy: 'Give an https URL without credentials, whose host has public addresses only.',
    whyZh: ({ url, problem }) => `不向 ${url} 发送消息：${problemsZh[problem]}。`,
    remedyZh: '请给出不含用户名和密码、主机只有公网地址的 https 网址。',
    figures: {
      url: { type: 'String', text: 'The URL that was given.' },
      problem: {
        type: 'String',
        text: 'The reason: `malformed`, `not-https`, `credentials`, `unresolvable` or `not-public`.',
      },
    },
    about: ['url'],
  },
} satisfies SomeRows;
