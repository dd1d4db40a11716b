import { figures, type SomeRows } from './row';

export const pictureRejections = {
  PICTURE_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such picture. One that nothing shows is removed after a day.',
    remedy: 'Send it again, and use the id of the answer.',
    whyZh: '没有这张图片。没有被使用的图片会在一天后移除。',
    remedyZh: '请重新上传。',
    figures: { pictureId: figures.pictureId },
    about: ['pictures', 'photoIds'],
  },
  PICTURE_BEING_REMOVED: {
    kind: 'wrong-state',
    why: 'The same picture is being removed just now.',
    remedy: 'Send it again in a minute.',
    whyZh: '同一张图片正在被移除。',
    remedyZh: '请在一分钟后重新上传。',
    figures: { pictureId: figures.pictureId },
  },
  PICTURE_USED_UP: {
    kind: 'wrong-state',
    why: 'The picture is shown in too many places.',
    says: ({ max }) => `The picture is shown in ${max} places already, which is the maximum.`,
    remedy: 'Use another picture.',
    whyZh: ({ max }) => `这张图片已在 ${max} 处显示，达到上限。`,
    remedyZh: '请使用另一张图片。',
    figures: {
      pictureId: figures.pictureId,
      max: { type: 'Int', text: 'The maximum number of places.' },
    },
    about: ['pictures', 'photoIds'],
  },
  PICTURES_TOO_MANY: {
    kind: 'invalid',
    why: 'There are too many pictures.',
    says: ({ count, max }) => `There are ${count} pictures; ${max} is the maximum.`,
    remedy: 'Remove some of them.',
    whyZh: ({ count, max }) => `有 ${count} 张图片，最多 ${max} 张。`,
    remedyZh: '请移除一些。',
    figures: {
      count: { type: 'Int', text: 'The number of pictures that were given.' },
      max: { type: 'Int', text: 'The maximum number of pictures.' },
    },
    about: ['pictures', 'photoIds'],
  },
  PICTURE_REPEATED: {
    kind: 'invalid',
    why: 'A picture is named twice.',
    remedy: 'Give each picture once.',
    whyZh: '同一张图片出现了两次。',
    remedyZh: '每张图片只用一次。',
    figures: { pictureId: figures.pictureId },
    about: ['pictures', 'photoIds'],
  },
} satisfies SomeRows;
