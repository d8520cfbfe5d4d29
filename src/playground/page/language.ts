import { en, type TextKey } from './texts/en.js';
import { zh } from './texts/zh.js';
import { keyTag } from './view/key-tag.js';

type Language = 'en' | 'zh';

/** Values for the {name} placeholders of a text. */
export type Values = Readonly<Record<string, string | number>>;

/** Placeholder for a key's tag while a text is assembled; no text contains it. */
const TAG_PLACE = '\u0000';
const REMEMBERED_AS = 'language';
const TABLES: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, zh };
const LANG_ATTRIBUTE: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

let language: Language = initialLanguage();

/** Returns the text in the current language. */
export function text(key: TextKey, values: Values = {}): string {
  return TABLES[language][key].replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ''));
}

/** Sets the text of an element; it follows later changes of the language. */
export function say(element: HTMLElement, key: TextKey, values: Values = {}): void {
  element.dataset['text'] = key;
  element.dataset['values'] = JSON.stringify(values);
  write(element, key, values);
}

/** Writes a text into an element; a session key in it becomes its tag. */
function write(element: HTMLElement, name: TextKey, values: Values): void {
  const { key } = values;
  if (typeof key !== 'number') {
    element.textContent = text(name, values);
    return;
  }
  const [before = '', after = ''] = text(name, { ...values, key: TAG_PLACE }).split(TAG_PLACE);
  element.replaceChildren(before, keyTag(key), after);
}

/** Writes every text of the page in the current language. */
export function translatePage(): void {
  document.documentElement.lang = LANG_ATTRIBUTE[language];
  document.title = `${text('title')} · weixin-phone-gateway`;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    write(element, element.dataset['text'] as TextKey, JSON.parse(element.dataset['values'] ?? '{}') as Values);
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-label]')) {
    element.setAttribute('aria-label', text(element.dataset['label'] as TextKey));
  }
}

/** Switches to the other language, also for the next visit. */
export function switchLanguage(): void {
  language = language === 'en' ? 'zh' : 'en';
  try {
    localStorage.setItem(REMEMBERED_AS, language);
  } catch {
    // Without storage, the browser's language decides at the next visit.
  }
  translatePage();
}

function initialLanguage(): Language {
  try {
    const remembered = localStorage.getItem(REMEMBERED_AS);
    if (remembered === 'en' || remembered === 'zh') return remembered;
  } catch {
    // Storage is off: the browser's language decides.
  }
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
