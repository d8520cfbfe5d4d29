import type { AppId } from '../../src/domain/app.js';
import { Secret } from '../../src/domain/secret.js';
import { ServedApps } from '../../src/weixin/served-apps.js';
import { ManualClock } from '../harness/manual-clock.js';
import { app, otherApp } from '../harness/weixin-client.js';

let clock: ManualClock;
let apps: ServedApps;
beforeEach(() => {
  clock = new ManualClock();
  apps = new ServedApps([app], clock);
});
const covers = (appId: AppId, createdAt = clock.now()) => apps.covers({ appId, createdAt });

test('sessions of an app that is not served are not covered, whether it was served before or not', () => {
  expect(covers(app.appId)).toBe(true);
  expect(covers(otherApp.appId)).toBe(false);
  apps.replace([otherApp]);
  expect(covers(app.appId)).toBe(false);
  expect(covers(otherApp.appId)).toBe(true);
});

test('an app that comes back has the sessions that began since it was removed, and no earlier ones', () => {
  apps.replace([otherApp]);
  const removedAt = clock.now();
  clock.advanceSeconds(5);
  apps.replace([app]);
  expect(covers(app.appId, removedAt)).toBe(false);
  expect(covers(app.appId, removedAt + 1)).toBe(true);
});

test('a new list says what it brought', () => {
  expect(apps.replace([{ ...app, secret: new Secret('a new one') }, otherApp])).toEqual({
    added: 1,
    removed: 0,
    changed: 1,
  });
  expect(apps.replace([otherApp])).toEqual({ added: 0, removed: 1, changed: 0 });
  expect([apps.size, apps.get(app.appId), [...apps.values()]]).toEqual([1, undefined, [otherApp]]);
});

test('5,000 apps are exchanged for others', () => {
  const many = (from: number) =>
    Array.from({ length: 5_000 }, (_, i) => ({
      appId: `wx${(from + i).toString(16).padStart(16, '0')}` as AppId,
      secret: new Secret('s'),
    }));
  apps.replace(many(0));
  expect(apps.replace(many(2_500))).toEqual({ added: 2_500, removed: 2_500, changed: 0 });
});
