import { readFile } from 'node:fs/promises';

/**
 * The code of a page of the documentation.
 *
 * @param {string} page
 * @returns {Promise<{lang: string, code: string}[]>}
 */
export async function blocksOf(page) {
  const text = await readFile(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, lang, code]) => ({ lang, code }));
}
