import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import { type Candidate, choose, onPath, probe, sameInterpreter, serverArguments, type Version } from '../src/interpreter';

function candidate(command: string): Candidate {
  return { command, args: [], origin: 'path' };
}

/** A probe that knows some versions and can't run anything else. */
function knowing(versions: Record<string, Version>): (candidate: Candidate) => Promise<Version> {
  return ({ command }) => {
    const version = versions[command];
    return version ? Promise.resolve(version) : Promise.reject(new Error(`no ${command}`));
  };
}

describe('choose', () => {
  it('takes the first that is recent enough, and asks no further', async () => {
    const asked: string[] = [];
    const versions = knowing({ old: [3, 8, 18], good: [3, 10, 0], better: [3, 13, 0] });
    const choice = await choose(['old', 'missing', 'good', 'better'].map(candidate), (one) => {
      asked.push(one.command);
      return versions(one);
    });
    assert.deepEqual(choice.interpreter, { ...candidate('good'), version: [3, 10, 0] });
    assert.deepEqual(choice.rejected, [
      { candidate: candidate('old'), version: [3, 8, 18] },
      { candidate: candidate('missing'), error: 'no missing' },
    ]);
    assert.deepEqual(asked, ['old', 'missing', 'good']);
  });

  it('gives none where none will do', async () => {
    const choice = await choose([candidate('two'), candidate('nine')], knowing({ two: [2, 7, 18], nine: [3, 9, 99] }));
    assert.equal(choice.interpreter, undefined);
    assert.deepEqual(choice.rejected.map(({ version }) => version), [[2, 7, 18], [3, 9, 99]]);
    assert.deepEqual(await choose([], knowing({})), { rejected: [] });
  });

  it('takes a Python 4', async () => {
    assert.equal((await choose([candidate('four')], knowing({ four: [4, 0, 0] }))).rejected.length, 0);
  });
});

describe('onPath', () => {
  const all = (): boolean => true;

  it('lists python3 of every folder before python, each folder once', () => {
    const found = onPath({ PATH: '/env/bin:/usr/bin:/env/bin' }, 'linux', all);
    assert.deepEqual(found.map(({ command }) => command), [
      '/env/bin/python3',
      '/usr/bin/python3',
      '/env/bin/python',
      '/usr/bin/python',
    ]);
  });

  it('leaves out what is not there, and folders that depend on where one is', () => {
    const found = onPath({ PATH: '.:bin::/usr/bin:/bin' }, 'darwin', (file) => file === '/bin/python3');
    assert.deepEqual(found, [candidate('/bin/python3')]);
    assert.deepEqual(onPath({}, 'linux', all), []);
  });

  it('knows the launcher of Windows', () => {
    const found = onPath({ Path: 'C:\\Python;D:\\x y' }, 'win32', (file) => !file.includes('python.exe'));
    assert.deepEqual(found.map(({ command, args }) => [command, ...args]), [
      ['C:\\Python\\python3.exe'],
      ['D:\\x y\\python3.exe'],
      ['C:\\Python\\py.exe', '-3'],
      ['D:\\x y\\py.exe', '-3'],
    ]);
  });

  it('looks at the disk', (test) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mmupgrade-'));
    test.after(() => {
      rmSync(folder, { recursive: true });
    });
    mkdirSync(path.join(folder, 'python'));
    writeFileSync(path.join(folder, 'python3'), '');
    const found = onPath({ PATH: folder }, 'linux');
    assert.deepEqual(found.map(({ command }) => command), [path.join(folder, 'python3')]);
  });
});

describe('probe', { skip: process.platform === 'win32' }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mmupgrade-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true });
  });

  /** A candidate that is a shell script. */
  function script(name: string, lines: string): Candidate {
    const command = path.join(folder, name);
    writeFileSync(command, `#!/bin/sh\n${lines}\n`);
    chmodSync(command, 0o755);
    return candidate(command);
  }

  it('reads the version, and runs isolated', async () => {
    const isolated = script('good', 'test "$1 $2 $3" = "-I -S -c" && echo 3.11.7');
    assert.deepEqual(await probe(isolated), [3, 11, 7]);
  });

  it('says what went wrong', async () => {
    await assert.rejects(probe(candidate(path.join(folder, 'missing'))), /ENOENT/);
    await assert.rejects(probe(script('broken', 'echo no home >&2; exit 1')), { message: 'no home' });
    await assert.rejects(probe(script('chatty', 'echo hello')), { message: 'no version in its answer' });
  });
});

it('the server is started without anything of the user', () => {
  const launcher: Candidate = { command: 'py.exe', args: ['-3'], origin: 'path' };
  assert.deepEqual(serverArguments(launcher, '/e/server.py'), ['-3', '-I', '-S', '-X', 'utf8', '/e/server.py']);
});

it('an interpreter is another one when its version changes', () => {
  const one = { ...candidate('/p'), version: [3, 10, 1] as const };
  assert.ok(sameInterpreter(one, { ...one, origin: 'setting' }));
  assert.ok(!sameInterpreter(one, { ...one, version: [3, 11, 0] }));
});
