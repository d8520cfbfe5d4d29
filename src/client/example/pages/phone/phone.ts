import type { PhoneResult } from 'weixin-phone-gateway-client';
import { gateway } from '../../gateway';

Page({
  data: { asking: false, message: '' },

  /** Sees to a good session key before the tap. A wx.login after it would come too late. */
  onShow() {
    void gateway.prepare();
  },

  async onPhone(event: WechatMiniprogram.ButtonGetPhoneNumber) {
    this.setData({ asking: true, message: '' });
    const result = await gateway.getPhoneNumber(event);
    this.setData({ asking: false, message: messageOn(result) });
  },
});

function messageOn(result: PhoneResult): string {
  if (result.__typename === 'PhoneNumber') return `Your number: ${result.e164}`;
  if (result.__typename === 'TapRefused' && result.code === 'USER_DENIED') return '';
  switch (result.remedy) {
    case 'TAP_AGAIN':
    case 'LOGIN_AND_RESEND':
      return 'That did not work. Please tap once more.';
    case 'RETRY_LATER':
      return `Please try again in ${result.retryAfterSeconds ?? 1} s.`;
    case 'NONE':
      return `Please type your number. (${result.code})`;
  }
}
