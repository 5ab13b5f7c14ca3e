// Numbers, units and times as people of a language write them.

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * Making a format is slow, and a page has few.
 *
 * @param {string} lang
 * @param {Intl.NumberFormatOptions} options
 */
function format(lang, options) {
  const key = lang + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) {
    made = new Intl.NumberFormat(lang, options);
    formats.set(key, made);
  }
  return made;
}

/**
 * Rounded down: 100 % is said when it is true.
 *
 * @param {string} lang
 * @param {number} fraction from 0 to 1
 */
export function percent(lang, fraction) {
  return format(lang, { style: 'percent', maximumFractionDigits: 0 }).format(Math.floor(fraction * 100 + 1e-9) / 100);
}

/**
 * As exact as it is of use: seconds, then minutes and seconds, then minutes, then hours and minutes.
 *
 * @param {string} lang
 * @param {number} seconds
 * @param {'short'|'long'} width
 */
export function time(lang, seconds, width = 'short') {
  const whole = Math.max(0, Math.round(seconds));
  /** @type {[number, string][]} */
  const parts = whole < 60 ? [[whole, 'second']]
    : whole < 600 ? [[Math.floor(whole / 60), 'minute'], [whole % 60, 'second']]
      : whole < 3570 ? [[Math.round(whole / 60), 'minute']]
        : [[Math.floor((whole + 30) / 3600), 'hour'], [Math.floor((whole + 30) % 3600 / 60), 'minute']];
  return parts.filter(([value], first) => value > 0 || first === 0)
    .map(([value, unit]) => format(lang, { style: 'unit', unit, unitDisplay: width }).format(value))
    .join(' ');
}

/**
 * A number of things; bytes become kB, MB or GB.
 *
 * @param {string} lang
 * @param {number} value
 * @param {string} [unit] the application's own word for the things
 */
export function quantity(lang, value, unit) {
  if (isBytes(unit)) {
    return bytes(lang, value);
  }
  const number = format(lang, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  return unit ? `${number} ${unit}` : number;
}

/** @param {string} [unit] */
export function isBytes(unit) {
  return unit !== undefined && /^(b|bytes?|octets?)$/i.test(unit);
}

/**
 * @param {string} lang
 * @param {number} value
 */
function bytes(lang, value) {
  const [size, unit] = value < 1e3 ? [1, 'byte'] : value < 1e6 ? [1e3, 'kilobyte'] : value < 1e9 ? [1e6, 'megabyte'] : [1e9, 'gigabyte'];
  return format(lang, { style: 'unit', unit: String(unit), unitDisplay: 'short', maximumFractionDigits: size === 1 ? 0 : 1 })
    .format(value / Number(size));
}
