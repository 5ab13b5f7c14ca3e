import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineTexts, load, textsOf } from '../../src/element/languages.js';

test('english is at hand, and stands in where there are no texts, for numbers too', () => {
  assert.equal(textsOf('en-GB').lang, 'en-GB');
  for (const lang of ['pt', 'tlh', '', 'not a language', 'constructor']) {
    assert.equal(textsOf(lang).lang, 'en', lang);
    assert.equal(textsOf(lang).texts.done, 'Done', lang);
  }
});

test('a shipped language is loaded when it is asked for', async () => {
  assert.equal(textsOf('de-CH'), null);
  await load('de-CH');
  assert.equal(textsOf('de_CH').texts.done, 'Fertig');
  assert.equal(textsOf('de_CH').lang, 'de-CH');
});

test('an application adds a language, and words to one', async () => {
  defineTexts('pt', { done: 'Pronto' });
  assert.equal(textsOf('pt-BR').texts.done, 'Pronto');
  assert.equal(textsOf('pt-BR').texts.failed, 'Failed');
  defineTexts('fr', { done: 'Fini' });
  await load('fr');
  assert.equal(textsOf('fr').texts.done, 'Fini');
  assert.equal(textsOf('fr').texts.failed, 'Échec');
});
