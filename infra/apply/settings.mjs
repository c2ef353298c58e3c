// Settings of the platform: one set, edited field by field.
import { isDeepStrictEqual } from 'node:util';
import { SETTINGS } from './kinds.mjs';
import { normal } from './normal.mjs';

/** @returns {import('./plan.mjs').Step[]} */
export function planSettings(desired, current) {
  const changes = Object.entries(desired)
    .map(([field, value]) => ({ field, before: normal(current[field]), after: normal(value) }))
    .filter(({ before, after }) => !isDeepStrictEqual(before, after));
  const step = { kind: SETTINGS, name: 'of the platform', item: desired, current };
  return [changes.length === 0 ? { ...step, action: 'same' } : { ...step, action: 'edit', changes }];
}

/** Only what is otherwise. */
export function writeSettings({ item, current, changes }, { client, dryRun }) {
  const body = Object.fromEntries(changes.map(({ field, after }) => [field, after === undefined ? null : item[field]]));
  return client.write('PATCH', SETTINGS.path, body, { version: current.version, dryRun });
}
