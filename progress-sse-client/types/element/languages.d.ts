export type Texts = import('./words.js').Texts;
/**
 * Adds a language, or changes words of one. Missing texts are English.
 *
 * @param {string} lang a language tag, such as `pt` or `pt-BR`
 * @param {Partial<Texts>} texts
 */
export declare function defineTexts(lang: string, texts: Partial<Texts>): void;
/**
 * The texts of a language, and the language that its numbers are written in: English for both where nobody has given
 * texts, since half a sentence in each is worse.
 *
 * @param {string} wanted a language tag
 * @returns {?{lang: string, texts: Texts}} `null` if they are to be loaded first
 */
export declare function textsOf(wanted: string): {
    lang: string;
    texts: Texts;
} | null;
/**
 * Loads the texts of a language that is shipped; English stands in for what cannot be loaded.
 *
 * @param {string} wanted a language tag
 * @returns {Promise<void>} never rejected
 */
export declare function load(wanted: string): Promise<void>;
