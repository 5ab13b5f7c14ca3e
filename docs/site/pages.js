// Copies the pages to where the site is built: Vue is found there.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';

rmSync('pages', { recursive: true, force: true });
mkdirSync('pages');
for (const page of ['README.md', 'CHANGELOG.md']) cpSync(`../../${page}`, `pages/${page}`);
for (const page of readdirSync('..')) {
  if (page !== 'site') cpSync(`../${page}`, `pages/docs/${page}`, { recursive: true });
}
