import { useLanguage } from '../text';

/** A moment in the visitor's language and time zone; exact to the second when pointed at. */
export function Moment({ at }: { readonly at: string }) {
  const language = useLanguage();
  const moment = new Date(at);
  const text = moment.toLocaleString(language, { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <time dateTime={at} title={moment.toISOString()}>
      {text}
    </time>
  );
}
