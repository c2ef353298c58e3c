import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { BadDocument, read } from '../document.mjs';

describe('a file', () => {
  it('is read by section, an absent one stays absent', () => {
    const text = readFileSync(new URL('../../examples/platform.yaml', import.meta.url), 'utf8');
    const sections = read(text);
    assert.deepEqual(Object.keys(sections), ['teams', 'users', 'providers', 'models', 'api_keys', 'prices']);
    assert.deepEqual(sections.users[0].password, { env: 'RESEARCH_PASSWORD' });
    assert.deepEqual(read('version: 1\nteams: []'), { teams: [] });
  });

  const wrong = {
    'is not YAML': ['version: 1\nteams: [', /line 2/],
    'has no version': ['teams: []', /^version/],
    'has a section of another name': ['version: 1\nteam: []', /^team: is not known/],
    'has a key twice': ['version: 1\nteams: []\nteams: []', /unique/i],
    'has an item without a name': ['version: 1\nteams: [{limits: {}}]', /^teams\[0\]\.name: is required/],
    'names one thing twice': ['version: 1\nteams: [{name: A}, {name: a}]', /^teams\[1\]\.name: 'a' appears twice/],
    'holds a secret': ['version: 1\nproviders: [{name: p, api_key: sk-in-clear}]', /^providers\[0\]\.api_key: expected \{env: NAME\}/],
    'has a key of nobody': ['version: 1\napi_keys: [{name: k}]', /^api_keys\[0\]: expected user or team/],
    'has a key of two': ['version: 1\napi_keys: [{name: k, user: u, team: t}]', /^api_keys\[0\]: expected user or team/],
    'has a price of nothing': ['version: 1\nprices: [{rates: {}}]', /^prices\[0\]\.model/],
    'has a price without rates': ['version: 1\nprices: [{model: m}]', /^prices\[0\]\.rates/],
    'has a price from no day': ['version: 1\nprices: [{model: m, rates: {}, effective_from: soon}]', /^prices\[0\]\.effective_from/],
    'has two prices at once': [
      'version: 1\nprices: [{model: m, rates: {}, effective_from: 2040-01-01T00:00:00Z}, {model: m, rates: {}, effective_from: 2040-01-01T01:00:00+01:00}]',
      /^prices\[1\]: the model has two prices/,
    ],
    'has a list of settings': ['version: 1\nsettings: []', /^settings: expected an object/],
    'refers by id': ['version: 1\nusers: [{username: u, team_id: team_1}]', /^users\[0\]\.team_id: name it by team/],
    'has a model without deployments': ['version: 1\nmodels: [{name: m}]', /^models\[0\]\.deployments/],
    'has another status': ['version: 1\nteams: [{name: t, status: gone}]', /^teams\[0\]\.status/],
    'is a list': ['- a', /^expected an object/],
    'grows by aliases': [`version: 1\nteams:\n  - &a {name: a, x: [1,2,3,4,5,6,7,8,9,10]}\n  - {name: b, y: &b [${'*a,'.repeat(40)}]}\n  - {name: c, z: [${'*b,'.repeat(40)}]}`, /alias/i],
  };
  for (const [what, [text, message]] of Object.entries(wrong)) {
    it(`that ${what} is refused and told where`, () => {
      assert.throws(
        () => read(text),
        (error) => error instanceof BadDocument && message.test(error.message) && !error.message.includes('sk-in-clear'),
      );
    });
  }
});
