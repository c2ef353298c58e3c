// Reads platform.yaml. Only its form is checked here; what a field may hold, the platform says itself.
import { LineCounter, parseDocument } from 'yaml';
import { KINDS, PRICES, REFERRED, SECTIONS, SETTINGS, sameName } from './kinds.mjs';
import { normal } from './normal.mjs';

const LARGEST = 1024 * 1024;
const MOST_ITEMS = 5_000;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** The file is not what it should be; the message tells where. */
export class BadDocument extends Error {}

/**
 * @param {string} text
 * @returns {Record<string, object[] | object>} items by section, the settings as they are; a section that the file does not have is absent
 */
export function read(text) {
  if (Buffer.byteLength(text) > LARGEST) {
    throw new BadDocument(`larger than ${LARGEST} bytes`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true });
  if (document.errors.length > 0) {
    throw new BadDocument(document.errors[0].message);
  }
  const root = plain(document);
  if (!isObject(root)) {
    throw new BadDocument('expected an object with version and sections');
  }
  if (root.version !== 1) {
    throw new BadDocument('version: expected 1');
  }
  const known = ['version', ...SECTIONS];
  for (const section of Object.keys(root)) {
    if (!known.includes(section)) {
      throw new BadDocument(`${section}: is not known here; expected one of ${known.join(', ')}`);
    }
  }
  const sections = {};
  for (const kind of KINDS) {
    if (root[kind.section] !== undefined) {
      sections[kind.section] = items(kind, root[kind.section], check);
    }
  }
  if (root.prices !== undefined) {
    sections.prices = items(PRICES, root.prices, price);
  }
  if (root.settings !== undefined) {
    if (!isObject(root.settings)) {
      throw new BadDocument(`${SETTINGS.section}: expected an object`);
    }
    sections.settings = root.settings;
  }
  return sections;
}

function plain(document) {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (failure) {
    throw new BadDocument(failure.message);
  }
}

function items(kind, list, check) {
  if (!Array.isArray(list) || list.length > MOST_ITEMS) {
    throw new BadDocument(`${kind.section}: expected a list of at most ${MOST_ITEMS}`);
  }
  list.forEach((item, i) => check(kind, item, `${kind.section}[${i}]`, list.slice(0, i)));
  return list;
}

function check(kind, item, at, before) {
  if (!isObject(item)) {
    throw new BadDocument(`${at}: expected an object`);
  }
  const name = item[kind.name];
  if (typeof name !== 'string' || name.trim() === '') {
    throw new BadDocument(`${at}.${kind.name}: is required`);
  }
  if (kind.section === 'api_keys' && (typeof item.user === 'string') === (typeof item.team === 'string')) {
    throw new BadDocument(`${at}: expected user or team, the name of the key's owner`);
  }
  const twin = (other) => sameName(kind.section, other[kind.name], name) && (kind.section !== 'api_keys' || sameOwner(other, item));
  if (before.some(twin)) {
    throw new BadDocument(`${at}.${kind.name}: '${name}' appears twice`);
  }
  if (item.status !== undefined && item.status !== 'active' && item.status !== 'disabled') {
    throw new BadDocument(`${at}.status: expected active or disabled`);
  }
  for (const field of kind.secrets) {
    if (item[field] !== undefined && !isSecret(item[field])) {
      throw new BadDocument(`${at}.${field}: expected {env: NAME}; secrets do not belong into this file`);
    }
  }
  for (const id of Object.values(kind.references)) {
    if (item[id] !== undefined) {
      const field = Object.keys(kind.references).find((key) => kind.references[key] === id);
      throw new BadDocument(`${at}.${id}: name it by ${field} instead`);
    }
  }
  for (const field of Object.keys(kind.references)) {
    if (item[field] !== undefined && item[field] !== null && typeof item[field] !== 'string') {
      throw new BadDocument(`${at}.${field}: expected the name of one of ${REFERRED[field]}`);
    }
  }
  if (kind.section === 'models') {
    deployments(item.deployments, at);
  }
}

const sameOwner = (one, other) =>
  (one.team === undefined) === (other.team === undefined) && sameName(one.team === undefined ? 'users' : 'teams', one.team ?? one.user, other.team ?? other.user);

function price(kind, item, at, before) {
  if (!isObject(item) || typeof item.model !== 'string') {
    throw new BadDocument(`${at}.model: expected the name of a model`);
  }
  if (item.model_id !== undefined) {
    throw new BadDocument(`${at}.model_id: name it by model instead`);
  }
  if (!isObject(item.rates)) {
    throw new BadDocument(`${at}.rates: expected an object`);
  }
  if (item.effective_from !== undefined && Number.isNaN(Date.parse(item.effective_from))) {
    throw new BadDocument(`${at}.effective_from: expected a date such as 2030-01-31T12:00:00Z`);
  }
  const twin = (other) => sameName('models', other.model, item.model) && normal(other.effective_from) === normal(item.effective_from);
  if (before.some(twin)) {
    throw new BadDocument(`${at}: the model has two prices from the same moment`);
  }
}

function deployments(list, at) {
  if (!Array.isArray(list) || list.length === 0) {
    throw new BadDocument(`${at}.deployments: expected at least one`);
  }
  list.forEach((deployment, i) => {
    if (!isObject(deployment) || typeof deployment.provider !== 'string') {
      throw new BadDocument(`${at}.deployments[${i}].provider: expected the name of a provider`);
    }
  });
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSecret = (value) => isObject(value) && Object.keys(value).length === 1 && ENV_NAME.test(value.env ?? '');
