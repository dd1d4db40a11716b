import { figures, type SomeRows } from './row';

export const pictureRejections = {
  PICTURE_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such picture. One that nothing shows is removed after a day.',
    remedy: 'Send it again, and use the id of the answer.',
    figures: { pictureId: figures.pictureId },
    about: ['pictures', 'photoIds'],
  },
  PICTURE_BEING_REMOVED: {
    kind: 'wrong-state',
    why: 'The same picture is being removed just now.',
    remedy: 'Send it again in a minute.',
    figures: { pictureId: figures.pictureId },
  },
  PICTURE_USED_UP: {
    kind: 'wrong-state',
    why: 'The picture is shown in too many places.',
    says: ({ max }) => `The picture is shown in ${max} places already, which is the maximum.`,
    remedy: 'Use another picture.',
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
    figures: { pictureId: figures.pictureId },
    about: ['pictures', 'photoIds'],
  },
} satisfies SomeRows;
