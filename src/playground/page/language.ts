import { en, type TextKey } from './texts/en.js';
import { zh } from './texts/zh.js';
import { keyTag } from './view/key-tag.js';

type Language = 'en' | 'zh';

/** What stands where a text has {name}. */
export type Values = Readonly<Record<string, string | number>>;

/** Stands for a tag while a text is put together; no text has it. */
const TAG_PLACE = '\u0000';
const REMEMBERED_AS = 'language';
const TABLES: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, zh };
const LANG_ATTRIBUTE: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

let language: Language = initialLanguage();

/** The text in the language of the moment. */
export function text(key: TextKey, values: Values = {}): string {
  return TABLES[language][key].replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ''));
}

/** Has the element say this text, in whatever language is chosen later. */
export function say(element: HTMLElement, key: TextKey, values: Values = {}): void {
  element.dataset['text'] = key;
  element.dataset['values'] = JSON.stringify(values);
  write(element, key, values);
}

/** A session key stands in a text as its tag. */
function write(element: HTMLElement, name: TextKey, values: Values): void {
  const { key } = values;
  if (typeof key !== 'number') {
    element.textContent = text(name, values);
    return;
  }
  const [before = '', after = ''] = text(name, { ...values, key: TAG_PLACE }).split(TAG_PLACE);
  element.replaceChildren(before, keyTag(key), after);
}

/** Has every element that says something say it in the language of the moment. */
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

/** The other language, from now on and at the next visit. */
export function switchLanguage(): void {
  language = language === 'en' ? 'zh' : 'en';
  try {
    localStorage.setItem(REMEMBERED_AS, language);
  } catch {
    // A browser that keeps nothing chooses anew at the next visit.
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
