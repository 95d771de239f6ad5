import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { interpreterSetting, isInside } from '../src/settings';

describe('interpreterSetting', { skip: process.platform === 'win32' }, () => {
  const places = { home: '/home/me', folders: ['/projects/项目 1', '/projects/2'] };
  const cases: [unknown, string | undefined][] = [
    ['', undefined],
    ['  ', undefined],
    [null, undefined],
    [3, undefined],
    ['/usr/bin/python3', '/usr/bin/python3'],
    [' /usr/bin/python3 ', '/usr/bin/python3'],
    ['python3.11', 'python3.11'],
    ['~/envs/new/bin/python', '/home/me/envs/new/bin/python'],
    ['/odd/~/python', '/odd/~/python'],
    ['${workspaceFolder}/.venv/bin/python', '/projects/项目 1/.venv/bin/python'],
    ['.venv/bin/python', '/projects/项目 1/.venv/bin/python'],
  ];
  for (const [value, expected] of cases) {
    it(JSON.stringify(value), () => {
      assert.equal(interpreterSetting(value, places), expected);
    });
  }

  it('counts from the home folder where no folder is open', () => {
    assert.equal(interpreterSetting('bin/python', { home: '/home/me', folders: [] }), '/home/me/bin/python');
  });
});

it('isInside knows what lies in a folder', { skip: process.platform === 'win32' }, () => {
  const inside = (file: string): boolean => isInside(file, ['/projects/a', '/b']);
  assert.ok(inside('/projects/a/.venv/bin/python'));
  assert.ok(inside('/b/..python'));
  assert.ok(!inside('/projects/ab/python'));
  assert.ok(!inside('/projects/a/../python'));
  assert.ok(!inside('/usr/bin/python3'));
  assert.ok(!isInside('/usr/bin/python3', []));
});
