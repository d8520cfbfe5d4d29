import type { Page } from 'playwright-core';

/** The button of the Mini Program, once it may be tapped. */
const BUTTON = '#get-number:enabled';

/** Chooses a scene, taps the button and allows what Weixin asks. */
export async function playScene(page: Page, scene: string): Promise<void> {
  await page.locator(BUTTON).waitFor();
  await page.locator(`input[value=${scene}]`).check();
  await page.locator(BUTTON).click();
  await page.locator('#allow').click();
  await page.locator('#outcome:is([data-state=number], [data-state=failed])').waitFor();
}

/** The answers of the gateway as the conversation shows them: `InvalidSessionError NOT_LOGGED_IN LOGIN_AND_RESEND`. */
export async function answers(page: Page): Promise<string[]> {
  const messages = await page.locator('#conversation .message[data-from=gateway][data-to=miniProgram]').all();
  return Promise.all(
    messages.map(async (message) => (await message.locator('.what, .code').allInnerTexts()).join(' ')),
  );
}

/** The text of these lines of the conversation. */
export function lines(page: Page, selector: string): Promise<string[]> {
  return page.locator(`#conversation ${selector}`).allInnerTexts();
}
