import { Knowledge } from './knowledge.js';
import { switchLanguage, translatePage } from './language.js';
import { type Outcome, Play } from './play.js';
import { SCENES } from './scenes.js';
import type { Words } from './step.js';
import { ConversationView } from './view/conversation-view.js';
import { byId } from './view/element.js';
import { showKnowledge } from './view/knowledge-view.js';
import { PhoneView } from './view/phone-view.js';
import { ScenesView } from './view/scenes-view.js';

const knowledge = new Knowledge(() => showKnowledge(byId('parties'), knowledge));
const conversation = new ConversationView(byId('conversation'));
const phone = new PhoneView();
const scenes = new ScenesView(SCENES);
const play = new Play(knowledge, (step) => conversation.add(step));

byId('language').addEventListener('click', switchLanguage);
showKnowledge(byId('parties'), knowledge);
translatePage();
phone.onTap(() => playOrTell(onTap));
void playOrTell(onLaunch);

/** Starts the Mini Program, which logs in long before the user taps. */
async function onLaunch(): Promise<void> {
  phone.busy('starting');
  turn({ text: 'launches' });
  await play.prepare();
  // After a reload, the journal tells of taps whose data is gone.
  knowledge.learn({ inHand: undefined, tapCode: 'none' });
  phone.ready();
}

/** Plays a tap, from Weixin's sheet to the result on the page of the Mini Program. */
async function onTap(): Promise<void> {
  const scene = scenes.chosen;
  phone.busy('working');
  scenes.await();
  conversation.clear();
  turn({ text: 'prepares' });
  await play.prepare();
  const decision = await phone.ask();
  const outcome: Outcome = decision === 'allow' ? await play.allow(scene) : await play.deny();
  phone.show(outcome.result);
  if (decision === 'allow') scenes.judge(scene, outcome.answers);
}

function turn(words: Words): void {
  conversation.add({ kind: 'note', at: 'miniProgram', words, tone: 'plain' });
}

/** Plays a scene; shows an error if the gateway or the simulator is gone. */
async function playOrTell(scene: () => Promise<void>): Promise<void> {
  try {
    await scene();
  } catch {
    phone.broken();
  }
}
