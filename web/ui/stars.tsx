import { useTexts } from '../text';

/** An average or single rating as stars. */
export function Stars({ of }: { readonly of: number }) {
  const { reviews } = useTexts();
  const whole = Math.round(of);
  return (
    <span className="stars" role="img" aria-label={reviews.stars(of.toFixed(of % 1 === 0 ? 0 : 1))}>
      {'★'.repeat(whole)}
      {'☆'.repeat(5 - whole)}
    </span>
  );
}
