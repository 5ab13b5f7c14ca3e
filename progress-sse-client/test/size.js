// How large the client is: as it is served, and bundled and minified.
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

const CORE = ['client', 'channel', 'connection', 'job', 'state'];
const LIMIT = 4096;
const size = (bytes) => gzipSync(bytes, { level: 9 }).length;
const bundled = await build({
  entryPoints: [new URL('../src/client.js', import.meta.url).pathname], bundle: true, minify: true, format: 'esm',
  target: 'es2022', write: false, splitting: true, outdir: 'out',
});
const served = CORE.map((name) => size(readFileSync(new URL(`../src/${name}.js`, import.meta.url))));
const [core, ...rest] = bundled.outputFiles;
console.log(`core, as served: ${served.reduce((a, b) => a + b)} bytes of gzip in ${CORE.length} files`);
console.log(`core, minified: ${size(core.contents)} bytes of gzip (${core.contents.length} before)`);
for (const { path, contents } of rest) console.log(`on demand, minified: ${size(contents)} bytes of gzip (${path.split('/').pop()})`);
if (size(core.contents) > LIMIT) throw new Error(`The core must not be larger than ${LIMIT} bytes`);
