// The site is made from the pages as they are in the repository: README.md and docs/.
import { defineConfig } from 'vitepress';

const SOURCES = 'https://github.com/progress-sse/progress-sse/blob/main/';

/** A link to a file that is no page of the site goes to the repository; READMEs are the indexes of their folders. */
function links(md) {
  md.core.ruler.push('links', ({ tokens, env }) => {
    for (const html of tokens.flatMap((each) => [each, ...each.children ?? []]).filter(({ type }) => type.startsWith('html_'))) {
      html.content = html.content.replace(/src="(?=images\/)/g, 'src="./');
    }
    for (const token of tokens.flatMap((each) => each.children ?? [])) {
      const href = token.type === 'link_open' && token.attrGet('href');
      if (!href || /^([a-z]+:|#)/.test(href)) continue;
      const url = new URL(href, `file:///${env.relativePath.replace(/index\.md$/, 'README.md')}`);
      const path = url.pathname.slice(1);
      if (/^(README\.md|CHANGELOG\.md|docs\/[^/]+\.md|docs\/decisions\/[^/]+\.md)$/.test(path)) {
        token.attrSet('href', `/${path.replace(/README\.md$/, '')}${url.hash}`);
      } else {
        token.attrSet('href', SOURCES + path);
      }
    }
  });
}

const page = (text, name) => ({ text, link: `/docs/${name}` });

export default defineConfig({
  title: 'progress-sse',
  description: 'A live progress bar for any long-running method of a Spring Boot application',
  srcDir: './pages',
  rewrites: { 'README.md': 'index.md', 'docs/README.md': 'docs/index.md', 'docs/decisions/README.md': 'docs/decisions/index.md' },
  outDir: './dist',
  cacheDir: './node_modules/.cache',
  cleanUrls: false,
  ignoreDeadLinks: 'localhostLinks',
  markdown: { config: links },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    socialLinks: [],
    nav: [{ text: 'Begin', link: '/docs/quick-start' }, { text: 'All pages', link: '/docs/' }, { text: 'Changes', link: '/CHANGELOG' }],
    sidebar: [
      { text: 'Begin', items: [{ text: 'What it is', link: '/' }, page('Quick start', 'quick-start'), page('Coming from by hand', 'migrating'), page('Questions', 'faq'), page('Samples', 'samples')] },
      { text: 'Work', items: [page('Reporting', 'reporting'), page('Background work', 'background'), page('Cancel, run again', 'cancel'), page('Ids and pages', 'job-ids'), page('Tests', 'testing')] },
      { text: 'Pages', items: [page('Script', 'browser'), page('Element', 'element'), page('Angular', 'angular'), page('Svelte', 'svelte'), page('Lists', 'lists'), page('Dashboard', 'dashboard')] },
      { text: 'Wire', items: [page('Protocol', 'protocol'), page('Formats', 'formats'), page('Existing APIs', 'apis'), page('Problem types', 'problems')] },
      { text: 'Run it', items: [page('Settings', 'settings'), page('All settings', 'properties'), page('Security', 'security'), page('Redis', 'redis'), page('Spring Batch', 'batch'), page('Webhooks', 'webhooks'), page('Deployment', 'deployment'), page('Operations', 'operations'), page('Meters and traces', 'metrics'), page('Performance', 'performance'), page('Upgrading', 'upgrading')] },
      { text: 'Change it', items: [page('Architecture', 'architecture'), page('Stores', 'stores'), page('Releasing', 'releasing'), { text: 'Decisions', link: '/docs/decisions/' }] },
    ],
  },
});
