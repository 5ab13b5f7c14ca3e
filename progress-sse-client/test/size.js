// How large the client is: as it is served, and bundled and minified.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const LIMIT = 4096;
const ON_DEMAND = ['status', 'requests', 'fetch-source', 'formats', 'share', 'hub'];
const folder = fileURLToPath(new URL('../src/', import.meta.url));

async function minified(name) {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${folder}${name}.js`], bundle: true, minify: true, format: 'esm', target: 'es2022', write: false, metafile: true,
    external: ON_DEMAND.map((other) => `./${other}.js`),
  });
  return { code: outputFiles[0].contents, files: Object.keys(metafile.inputs) };
}

const zipped = (bytes) => gzipSync(bytes, { level: 9 }).length;
const { code, files } = await minified('client');
const served = files.reduce((sum, file) => sum + zipped(readFileSync(file)), 0);
console.log(`core: ${zipped(code)} bytes minified and zipped; as served, ${served} bytes zipped in ${files.length} files`);
for (const name of ON_DEMAND.filter((each) => readdirSync(folder).includes(`${each}.js`))) {
  const bytes = readFileSync(`${folder}${name}.js`);
  console.log(`${name}, on demand: ${zipped((await build({ stdin: { contents: bytes, loader: 'js' }, minify: true, write: false })).outputFiles[0].contents)} bytes; as served ${zipped(bytes)}`);
}
if (process.argv[2]) process.stdout.write(code);
if (zipped(code) > LIMIT) throw new Error(`The core must not be larger than ${LIMIT} bytes`);
