import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** A reason to skip, or `false`: for the option `skip` of a test. */
export const noChromium = existsSync(CHROMIUM) ? false : `NO BROWSER: not tested, ${CHROMIUM} is not there`;

export function openChromium() {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
}

/** Opens a page that notes what its policy forbade and what it threw, in `page.faults`. */
export async function openPage(browser, url, options = {}) {
  const page = await browser.newPage({ viewport: { width: 900, height: 700 }, ...options });
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) {
      page.faults.push(message.text());
    }
  });
  await page.goto(url);
  await page.waitForFunction(() => [...document.querySelectorAll('progress-sse')].every((element) => element.matches('[state]')));
  return page;
}
