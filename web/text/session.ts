import { useLanguage, type Language } from '.';

const en = {
  ENDED: 'You were logged out: somewhere else you or another person ended this session.',
  EXPIRED: 'You were logged out because your last log-in was long ago.',
  REUSED:
    'You were logged out for your safety: this session was used from two places. If you did not do that, change your password.',
  UNKNOWN: 'You were logged out because the shop does not know this session.',
  kept: 'Your cart is kept, and what you typed is too, except passwords.',
};

const zh: typeof en = {
  ENDED: '您已退出：您或他人在别处结束了此次登录。',
  EXPIRED: '您已退出：距上次登录已太久。',
  REUSED: '为了您的安全，您已退出：此次登录在两处被使用。如果不是您本人，请修改密码。',
  UNKNOWN: '您已退出：商店不认识此次登录。',
  kept: '您的购物车已保留，您输入的内容也已保留，但密码除外。',
};

const words: Readonly<Record<Language, typeof en>> = { en, zh };

/** Returns the words for a session that the server refuses to continue. */
export const useSessionWords = (): typeof en => words[useLanguage()];
