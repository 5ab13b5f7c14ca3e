// The languages that there are texts for. English is at hand; the others are loaded where a page speaks them.

import en from '../texts/en.js';

/** @typedef {import('./words.js').Texts} Texts */

/** @type {Record<string, () => Promise<{default: Texts}>>} */
const SHIPPED = {
  de: () => import('../texts/de.js'),
  fr: () => import('../texts/fr.js'),
  es: () => import('../texts/es.js'),
  ja: () => import('../texts/ja.js'),
  zh: () => import('../texts/zh.js'),
};

/** @type {Map<string, Texts>} */
const loaded = new Map([['en', en]]);

/** Texts that the application has set. @type {Map<string, Partial<Texts>>} */
const defined = new Map();

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * Adds a language, or changes words of one. Missing texts are English.
 *
 * @param {string} lang a language tag, such as `pt` or `pt-BR`
 * @param {Partial<Texts>} texts
 */
export function defineTexts(lang, texts) {
  const tag = canonical(lang);
  defined.set(tag, { ...defined.get(tag), ...texts });
}

/**
 * The texts of a language, and the language that its numbers are written in: English for both where nobody has given
 * texts, since half a sentence in each is worse.
 *
 * @param {string} wanted a language tag
 * @returns {?{lang: string, texts: Texts}} `null` if they are to be loaded first
 */
export function textsOf(wanted) {
  const lang = canonical(wanted);
  const shipped = loaded.get(primary(lang));
  if (!shipped && Object.hasOwn(SHIPPED, primary(lang))) {
    return null;
  }
  const own = { ...defined.get(primary(lang)), ...defined.get(lang) };
  const spoken = shipped || Object.keys(own).length > 0;
  return { lang: spoken ? lang : 'en', texts: { ...(shipped ?? en), ...own } };
}

/**
 * Loads the texts of a language that is shipped; English stands in for what cannot be loaded.
 *
 * @param {string} wanted a language tag
 * @returns {Promise<void>} never rejected
 */
export function load(wanted) {
  const tag = primary(canonical(wanted));
  let promise = loading.get(tag);
  if (!promise) {
    promise = SHIPPED[tag]().then(({ default: texts }) => texts, () => en).then((texts) => {
      loaded.set(tag, texts);
    });
    loading.set(tag, promise);
  }
  return promise;
}

/** @param {string} lang */
function canonical(lang) {
  try {
    return Intl.getCanonicalLocales(lang.replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** @param {string} lang */
function primary(lang) {
  return lang.split('-')[0];
}
