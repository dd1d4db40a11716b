import type { Shopper } from '../graphql/shopper';
import { photo } from '../pictures/samples';
import type { HostileTexts } from './hostile-texts';

/** Gives a product pictures with hostile words. */
export const showPictures = async (
  { staff, url }: { readonly staff: Shopper; readonly url: string },
  productId: string,
  texts: HostileTexts,
): Promise<void> => {
  const answer = await fetch(`${url}/api/v1/pictures`, {
    method: 'POST',
    headers: { authorization: `Bearer ${staff.token}`, 'content-type': 'image/jpeg' },
    body: await photo('jpeg'),
  });
  const { id } = (await answer.json()) as { readonly id: string };
  const words = {
    altEn: texts.of('ProductPictureInput.altEn'),
    altZh: texts.of('ProductPictureInput.altZh'),
  };
  await staff.send('setProductPictures', { productId, pictures: [{ pictureId: id, ...words }] });
};
