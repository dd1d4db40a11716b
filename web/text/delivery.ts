import { useLanguage, type Language } from '.';

const en = {
  addresses: {
    title: 'Addresses',
    none: 'There is no address yet.',
    isDefault: 'The default address',
    add: 'Add an address',
    saveNew: 'Add the address',
    save: 'Save the address',
    change: (recipient: string) => `Change the address of ${recipient}`,
    remove: (recipient: string) => `Remove the address of ${recipient}`,
    removed: (recipient: string) => `The address of ${recipient} was removed.`,
    makeDefault: (recipient: string) => `Make the address of ${recipient} the default`,
    fields: {
      recipient: 'Recipient',
      line1: 'Street and number',
      line2: 'Flat or company',
      postalCode: 'Postal code',
      city: 'City',
      region: 'State or county',
      telephone: 'Telephone for the delivery',
      country: 'Country',
    },
  },
  delivery: {
    shipTo: 'Delivered to',
    deliverTo: 'Deliver to',
    newAddress: 'Another address',
    onMap: 'A place on the map',
    save: 'Save this address in the address book',
    found: 'The map shows the place of the address.',
  },
};

type DeliveryWords = typeof en;

const zh: DeliveryWords = {
  addresses: {
    title: '收货地址',
    none: '还没有地址。',
    isDefault: '默认地址',
    add: '新增地址',
    saveNew: '添加地址',
    save: '保存地址',
    change: (recipient: string) => `修改 ${recipient} 的地址`,
    remove: (recipient: string) => `删除 ${recipient} 的地址`,
    removed: (recipient) => `已移除${recipient}的地址。`,
    makeDefault: (recipient: string) => `将 ${recipient} 的地址设为默认`,
    fields: {
      recipient: '收件人',
      line1: '街道和门牌号',
      line2: '房间号或公司',
      postalCode: '邮政编码',
      city: '城市',
      region: '省份',
      telephone: '收件电话',
      country: '国家或地区',
    },
  },
  delivery: {
    shipTo: '收货地址',
    deliverTo: '送货至',
    newAddress: '其他地址',
    onMap: '地图上的位置',
    save: '将此地址保存到地址簿',
    found: '地图显示该地址的位置。',
  },
};

const words: Readonly<Record<Language, DeliveryWords>> = { en, zh };

/** Returns the words of postal addresses. They load with the pages that have some. */
export const useDeliveryWords = (): DeliveryWords => words[useLanguage()];
