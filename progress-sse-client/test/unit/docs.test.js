import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compile as compileSvelte } from 'svelte/compiler';
import { compileScript, parse as parseVue } from 'vue/compiler-sfc';
import { blocksOf } from '../docs.js';

const HOME = fileURLToPath(new URL('../..', import.meta.url));

const OPTIONS = {
  target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', lib: ['ES2023', 'DOM', 'DOM.Iterable'], types: [],
  allowJs: true, checkJs: true, strict: true, useUnknownInCatchVariables: false, noEmit: true, skipLibCheck: true, experimentalDecorators: true, jsx: 'react-jsx',
};

/** Finds the packages as an application does, and ours as if it were installed. */
let folder;

before(async () => {
  await mkdir(join(HOME, 'node_modules/.cache'), { recursive: true });
  folder = await mkdtemp(join(HOME, 'node_modules/.cache/docs-'));
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  await mkdir(join(folder, 'node_modules'));
  await symlink(HOME, join(folder, 'node_modules/progress-sse'));
});

after(() => rm(folder, { recursive: true }));

/** A file that the compiler of types understands. */
function sourceOf({ lang, code }, number) {
  if (lang === 'vue') {
    const { descriptor, errors } = parseVue(code);
    assert.deepEqual(errors, []);
    return [`vue-${number}.ts`, compileScript(descriptor, { id: 'page', inlineTemplate: true }).content];
  }
  if (lang === 'svelte') {
    const { warnings } = compileSvelte(code, { generate: 'client', filename: 'Page.svelte' });
    assert.deepEqual(warnings.map(({ message }) => message), []);
    const [, script] = /<script lang="ts">\n(.*?)<\/script>/s.exec(code);
    return [`svelte-${number}.ts`, `/// <reference types="svelte" />\n${script}\nexport {};\n`];
  }
  const [, named] = /^\/\/ (\S+\.ts)\n/.exec(code) ?? [];
  return [named ?? `${lang}-${number}.${lang}`, code];
}

for (const page of ['browser.md', 'angular.md', 'svelte.md']) {
  test(`the code of ${page} has the types that it must have`, async () => {
    const own = join(folder, page);
    await mkdir(own);
    const blocks = (await blocksOf(page)).filter(({ lang }) => lang !== 'html');
    assert.ok(blocks.length > 2);
    await Promise.all(blocks.map(sourceOf).map(([name, code]) => writeFile(join(own, name), code)));
    await writeFile(join(own, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, include: ['*'] }));
    assert.equal(check(own), '');
  });
}

/** What the compiler complains of. */
function check(own) {
  try {
    return execFileSync(process.execPath, [join(HOME, 'node_modules/typescript/bin/tsc'), '-p', own], { encoding: 'utf8', cwd: own });
  } catch (error) {
    return error.stdout;
  }
}
