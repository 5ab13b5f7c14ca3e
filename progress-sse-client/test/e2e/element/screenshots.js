// Takes the pictures of the documentation: node test/e2e/element/screenshots.js

import { fileURLToPath } from 'node:url';
import { openChromium, openPage } from './browser.js';
import { servePages } from './page-server.js';

const IMAGES = fileURLToPath(new URL('../../../../docs/images/', import.meta.url));

const PICTURES = {
  element: { viewport: { width: 1000, height: 700 } },
  'element-phone': { viewport: { width: 360, height: 800 } },
  'element-dark': { viewport: { width: 1000, height: 700 }, colorScheme: 'dark' },
  'element-rtl': { viewport: { width: 1000, height: 700 }, dir: 'rtl' },
  'element-forced-colors': { viewport: { width: 1000, height: 700 }, forcedColors: 'active' },
};

const server = await servePages();
const browser = await openChromium();
for (const [name, { dir = 'ltr', ...options }] of Object.entries(PICTURES)) {
  // Without movement, so that the same source gives the same picture.
  const page = await openPage(browser, `${server.origin}/pages/gallery.html`, { reducedMotion: 'reduce', ...options });
  await page.evaluate((dir) => {
    document.documentElement.dir = dir;
  }, dir);
  await page.screenshot({ path: `${IMAGES}${name}.png`, fullPage: true });
  await page.close();
}
await browser.close();
server.close();
