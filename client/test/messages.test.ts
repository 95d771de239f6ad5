import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Rejected } from '../src/interpreter';
import { problemText, rejectedText, type Translate } from '../src/messages';

const english: Translate = (message, ...args) =>
  message.replace(/\{(\d)\}/g, (_, place: string) => args[Number(place)] ?? '');
const missing: Rejected = { candidate: { command: '/p', args: [], origin: 'path' }, error: 'gone' };
const old: Rejected = { candidate: { command: '/old', args: ['-3'], origin: 'extension' }, version: [3, 8, 18] };

function inSetting(rejected: Rejected): Rejected {
  return { ...rejected, candidate: { ...rejected.candidate, origin: 'setting' } };
}

describe('problemText', () => {
  const text = (...rejected: Rejected[]): string => problemText({ kind: 'interpreter', rejected }, english);

  it('says that there is no Python', () => {
    assert.match(text(), /^mmupgrade needs Python 3\.10 or newer, .*It found none\.$/);
    assert.equal(text(missing), text());
  });

  it('names the old one that was found', () => {
    assert.match(text(missing, old), /It found Python 3\.8\.18: \/old$/);
  });

  it('names what the setting says', () => {
    assert.match(text(inSetting(old)), /mmupgrade\.interpreter names Python 3\.8\.18: \/old$/);
    assert.match(text(inSetting(missing)), /mmupgrade\.interpreter names can't be run: \/p$/);
  });

  it('says how often the server stopped', () => {
    assert.match(problemText({ kind: 'stopped', times: 4 }, english), /stopped 4 times/);
  });
});

it('the log has what was tried, by whose word, and why it is not taken', () => {
  assert.equal(rejectedText(missing), "/p (path) can't be run: gone");
  assert.equal(rejectedText(old), '/old -3 (extension) is Python 3.8.18, which is too old');
});

describe('texts', () => {
  const read = (file: string): Record<string, string> =>
    JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;

  it('every text of the code is there in Chinese, with the same places', () => {
    const sources = readdirSync('client/src').map((name) => readFileSync(`client/src/${name}`, 'utf8'));
    const texts = sources.join('\n').matchAll(/(?:l10n\.t|[ (]t)\(\s*'((?:[^'\\]|\\.)*)'/g);
    const used = new Set([...texts].map(([, text = '']) => text.replaceAll("\\'", "'")));
    const chinese = read('l10n/bundle.l10n.zh-cn.json');
    assert.deepEqual([...used].sort(), Object.keys(chinese).sort());
    for (const [text, translated] of Object.entries(chinese)) {
      assert.deepEqual(translated.match(/\{\d\}/g), text.match(/\{\d\}/g), text);
    }
  });

  it('every text of the manifest is there in both languages', () => {
    const used = readFileSync('package.json', 'utf8').match(/(?<=")%[\w.]+%(?=")/g) ?? [];
    const keys = [...new Set(used)].map((key) => key.slice(1, -1)).sort();
    assert.ok(keys.length > 30);
    assert.deepEqual(Object.keys(read('package.nls.json')).sort(), keys);
    assert.deepEqual(Object.keys(read('package.nls.zh-cn.json')).sort(), keys);
  });
});
