// What a file can hold, in the order in which one needs the other, and how it is told apart on the platform.

/**
 * @typedef {object} Kind
 * @property {string} section    its name in the file
 * @property {string} path       of the management API
 * @property {string} label      for people
 * @property {string} name       the field that names an item
 * @property {string[]} fixed    fields that only creation sets
 * @property {string[]} secrets  fields given as {env: NAME}, which the platform never shows
 * @property {Record<string, string>} references  field that names an item of a section → field of the API that takes its id
 */

/** @type {Kind[]} */
export const KINDS = [
  { section: 'teams', path: 'teams', label: 'team', name: 'name', fixed: [], secrets: [], references: {} },
  {
    section: 'users',
    path: 'users',
    label: 'user',
    name: 'username',
    fixed: ['username'],
    secrets: ['password'],
    references: { team: 'team_id' },
  },
  { section: 'providers', path: 'providers', label: 'provider', name: 'name', fixed: ['type'], secrets: ['api_key'], references: {} },
  { section: 'models', path: 'models', label: 'model', name: 'name', fixed: ['name'], secrets: [], references: {} },
  {
    section: 'api_keys',
    path: 'api-keys',
    label: 'API key',
    name: 'name',
    fixed: ['user_id', 'team_id'],
    secrets: [],
    references: { user: 'user_id', team: 'team_id' },
  },
];

/** Versions of prices, told apart by model and date; prices.mjs. */
export const PRICES = { section: 'prices', path: 'prices', label: 'price', references: { model: 'model_id' } };

/** The one set of settings; settings.mjs. */
export const SETTINGS = { section: 'settings', path: 'settings', label: 'settings', references: {} };

export const SECTIONS = [...KINDS, PRICES, SETTINGS].map((kind) => kind.section);

/** Whose key, for people. */
export const ownerName = ({ user, team }) => (team === undefined ? user : `team ${team}`);

/** The section that a reference field names an item of. */
export const REFERRED = { team: 'teams', user: 'users', provider: 'providers', model: 'models' };

export const kindOf = (section) => KINDS.find((kind) => kind.section === section);

/** Names are compared as the platform does: models as they are written, the others without regard to case. */
export const sameName = (section, one, other) =>
  section === 'models' || section === 'api_keys' ? one === other : String(one).toLowerCase() === String(other).toLowerCase();
