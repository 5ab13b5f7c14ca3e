// Takes the pictures of the documentation: node test/e2e/dashboard/screenshots.js

import { fileURLToPath } from 'node:url';
import { openChromium } from '../element/browser.js';
import { children, detailed, ends, jobs, serveDashboard } from './server.js';

const IMAGES = process.argv[2] ?? fileURLToPath(new URL('../../../../docs/images/', import.meta.url));

const PICTURES = {
  dashboard: { viewport: { width: 1200, height: 720 } },
  'dashboard-dark': { viewport: { width: 1200, height: 720 }, colorScheme: 'dark' },
  'dashboard-phone': { viewport: { width: 360, height: 720 } },
  'dashboard-rtl': { viewport: { width: 1200, height: 720 }, dir: 'rtl' },
  'dashboard-ended': { viewport: { width: 1200, height: 720 }, hash: '#ended' },
  'dashboard-totals': { viewport: { width: 1200, height: 480 }, hash: '#totals' },
  'dashboard-job': { viewport: { width: 1200, height: 1400 }, hash: '#job/0198c0de-00001000' },
  'dashboard-job-phone': { viewport: { width: 360, height: 1500 }, colorScheme: 'dark', hash: '#job/0198c0de-00001000' },
};

const server = await serveDashboard({ cancel: true });
let troubled = 0;
server.state.jobs = [...jobs(1000).map((job) => ((job.state === 'lost' || job.stalled) && ++troubled > 4 ? { ...job, state: 'running', stalled: undefined } : job)), ...ends(600), ...children('0198c0de-00001000')];
server.state.jobs[0].viewers = 3;
server.state.events.set('0198c0de-00001000', detailed('0198c0de-00001000'));
const browser = await openChromium();
for (const [name, { hash = '', dir = 'ltr', ...options }] of Object.entries(PICTURES)) {
  const page = await browser.newPage({ reducedMotion: 'reduce', ...options });
  page.on('pageerror', (error) => console.error(name, error.message));
  page.on('console', (message) => message.type() === 'error' && console.error(name, message.text()));
  await page.goto(server.url + hash);
  await page.evaluate((value) => { document.documentElement.dir = value; }, dir);
  await page.waitForSelector('.rows .row, tbody tr');
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${IMAGES}/${name}.png` });
  await page.close();
}
await browser.close();
server.close();
