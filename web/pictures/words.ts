import { useLanguage, type Language } from '../text';

const en = {
  pictures: 'Pictures',
  add: 'Add pictures',
  help: 'JPEG, PNG or WebP, at most 8 MB each. Where and with which device it was taken is removed.',
  none: 'No picture yet.',
  save: 'Save the pictures',
  saved: 'Saved.',
  unsaved: 'Not saved yet.',
  first: 'Lists show this one.',
  altEn: 'What it shows, in English (optional)',
  altZh: 'What it shows, in Chinese (optional)',
  earlier: (number: number) => `Move picture ${number} forward`,
  later: (number: number) => `Move picture ${number} back`,
  remove: (number: number) => `Remove picture ${number}`,
  numbered: (number: number) => `Picture ${number}`,
  sending: (name: string, percent: number) => `${name}: ${percent} % sent`,
  refused: (name: string) => `${name} was not added.`,
  full: (max: number) => `There are ${max} pictures, which is the maximum. Remove one to add another.`,
  show: (number: number) => `Show picture ${number}`,
  of: (name: string, number: number) => `${name}, picture ${number}`,
};

export type PictureWords = typeof en;

const zh: PictureWords = {
  pictures: '图片',
  add: '添加图片',
  help: 'JPEG、PNG 或 WebP，每张不超过 8 MB。拍摄地点和设备信息会被移除。',
  none: '还没有图片。',
  save: '保存图片',
  saved: '已保存。',
  unsaved: '尚未保存。',
  first: '列表中显示这一张。',
  altEn: '图片内容说明（英文，可选）',
  altZh: '图片内容说明（中文，可选）',
  earlier: (number) => `将第 ${number} 张图片前移`,
  later: (number) => `将第 ${number} 张图片后移`,
  remove: (number) => `移除第 ${number} 张图片`,
  numbered: (number) => `第 ${number} 张图片`,
  sending: (name, percent) => `${name}：已上传 ${percent}%`,
  refused: (name) => `${name} 未能添加。`,
  full: (max) => `已有 ${max} 张图片，达到上限。移除一张后才能再添加。`,
  show: (number) => `查看第 ${number} 张图片`,
  of: (name, number) => `${name}，图片 ${number}`,
};

const languages: Readonly<Record<Language, PictureWords>> = { en, zh };

export const usePictureWords = (): PictureWords => languages[useLanguage()];
