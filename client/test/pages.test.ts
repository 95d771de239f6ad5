import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { it } from 'node:test';
import { pageOf, readPages } from '../src/pages';

const pages = readPages('docs/rules');

it('every page is in the index, and is there', () => {
  const files = readdirSync('docs/rules').filter((name) => name !== 'README.md');
  assert.deepEqual(pages.map(({ file }) => file).sort(), files.map((name) => `docs/rules/${name}`).sort());
  assert.ok(pages.every(({ file, id, title }) => existsSync(file) && /^MMR\d{3}$/.test(id) && title !== ''));
});

it('a page is found by its rule and by its field', () => {
  assert.equal(pageOf('MMR102', pages)?.name, 'log_config');
  assert.equal(pageOf('log_config', pages)?.id, 'MMR102');
  assert.equal(pageOf('undefined', pages), undefined);
});
