import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Restarts } from '../src/restarts';

it('a server that stops again and again is started only so often', () => {
  const restarts = new Restarts(3, 1000);
  assert.deepEqual([0, 1, 2, 3, 4].map((now) => restarts.allow(now)), [true, true, true, false, false]);
  restarts.reset();
  assert.ok(restarts.allow(5));
});

it('stops that are long past count no more', () => {
  const restarts = new Restarts(1, 1000);
  assert.deepEqual([0, 1000, 1001, 3000].map((now) => restarts.allow(now)), [true, false, false, true]);
});
