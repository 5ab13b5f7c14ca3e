/**
 * Rounded down: 100 % is said when it is true.
 *
 * @param {string} lang
 * @param {number} fraction from 0 to 1
 */
export declare function percent(lang: string, fraction: number): string;
/**
 * As exact as it is of use: seconds, then minutes and seconds, then minutes, then hours and minutes.
 *
 * @param {string} lang
 * @param {number} seconds
 * @param {'short'|'long'} width
 */
export declare function time(lang: string, seconds: number, width?: 'short' | 'long'): string;
/**
 * A number of things; bytes become kB, MB or GB.
 *
 * @param {string} lang
 * @param {number} value
 * @param {string} [unit] the application's own word for the things
 */
export declare function quantity(lang: string, value: number, unit?: string): string;
/** @param {string} [unit] */
export declare function isBytes(unit?: string): boolean;
