import { survivors } from './forgeries/survival-oracle.js';
import { judgesWatermarkFirst, type NaiveDecryptor, parsesAnyContents } from './naive/naive-decryptors.js';
import { gatewayTarget, mount, naiveTarget, ONE_ANSWER, type Target } from './targets.js';

const DOCUMENTS = 2048;

async function survivalOf(target: Target): Promise<{ rate: number; answers: string[] }> {
  try {
    let survived = 0;
    const outcome = await mount(
      async (oracle, attacker) => {
        survived = await survivors(oracle, attacker, DOCUMENTS);
      },
      target,
      DOCUMENTS,
    );
    return { rate: survived / outcome.queries, answers: [...outcome.answers.keys()] };
  } finally {
    await target.stop();
  }
}

test.each<[string, NaiveDecryptor]>([
  ['judges the watermark of any JSON', judgesWatermarkFirst],
  ['takes a number of any characters', parsesAnyContents],
])('a decryptor that %s lets about one random block in ten pass', async (_mistake, decryptor) => {
  const { rate } = await survivalOf(await naiveTarget(decryptor));
  expect(rate).toBeGreaterThan(0.05);
  expect(rate).toBeLessThan(0.2);
});

test('the gateway lets no random block pass, and gives all of them the same answer', async () => {
  expect(await survivalOf(await gatewayTarget())).toEqual({ rate: 0, answers: [ONE_ANSWER] });
});
