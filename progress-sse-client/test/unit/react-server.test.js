// A page of React Server Components: built and rendered as frameworks do it.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));

const PAGE = `
  import { createElement } from 'react';
  import { renderToReadableStream } from 'react-server-dom-parcel/server';
  import { newJobId } from 'progress-sse';
  import { ProgressBar } from 'progress-sse/react';

  async function Page() {
    return createElement('main', null, createElement(ProgressBar, { job: 'job-' + newJobId().length, label: 'Report' }));
  }

  export const render = () => renderToReadableStream(createElement(Page));
`;

/** What a module that says 'use client' is for a server: names of things that are in the browser. */
const clientReferences = {
  name: 'client-references',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]src[\\/][^\\/]*\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      if (!/^(\s|\/\/.*\n)*'use client';/.test(code)) return undefined;
      const names = [...code.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(([, name]) => name);
      const references = names.map((name) => `export const ${name} = createClientReference('react.js', '${name}', []);`);
      return { contents: `import { createClientReference } from 'react-server-dom-parcel/server';\n${references.join('\n')}`, resolveDir: HERE };
    });
  },
};

let folder;

before(async () => (folder = await mkdtemp(join(HERE, 'react-server-'))));
after(() => rm(folder, { recursive: true }));

test('a server component shows a bar, and the hooks stay in the browser', async () => {
  const { metafile, outputFiles } = await build({
    stdin: { contents: PAGE, resolveDir: HERE }, bundle: true, platform: 'node', conditions: ['react-server'], plugins: [clientReferences],
    format: 'cjs', write: false, metafile: true, define: { 'process.env.NODE_ENV': '"production"', 'import.meta.url': '"file:///src/watch.js"' },
  });
  const files = Object.keys(metafile.inputs).map((file) => file.split('/').at(-1));
  assert.ok(files.includes('client.js') && files.includes('react.react-server.production.js'), String(files));
  assert.ok(!files.includes('lazy-watch.js') && !files.includes('element.js'), 'what is for the browser is on the server');

  const file = join(folder, 'page.cjs');
  await writeFile(file, outputFiles[0].contents);
  const { render } = (await import(file)).default;
  const stream = await render();

  // What a framework does with it then: the browser's modules take the places of their names.
  const modules = await import('progress-sse/react');
  globalThis.parcelRequire = Object.assign(() => modules, { load: async () => {} });
  const { createFromReadableStream } = await import('react-server-dom-parcel/client.edge');
  const { renderToString } = await import('react-dom/server');
  const html = renderToString(await createFromReadableStream(stream));
  assert.equal(html, '<main><progress-sse label="Report" job="job-32"></progress-sse></main>');
});
