import assert from 'node:assert/strict';

/** Nothing of the inside may show: no stack frame, no class name, no server's own error page. */
function assertClean({ text }) {
  assert.doesNotMatch(text, /\bat [\w.$/]+\([\w.]+:\d+\)|\b[\w.]+Exception\b|\b(java|org|io|tools|com)\.\w+\.\w|<html|Whitelabel/i);
}

/** A problem document (RFC 9457) with this status, or one of these. */
export function assertProblem(answer, ...statuses) {
  assert.ok(statuses.includes(answer.status), `expected ${statuses}, got ${answer.status}: ${answer.text}`);
  assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json/);
  assert.equal(answer.json?.status, answer.status, answer.text);
  assert.equal(typeof answer.json.type, 'string');
  assert.ok(answer.json.title, answer.text);
  assert.equal(answer.json.request_id, answer.headers['x-request-id'], answer.text);
  assertClean(answer);
}

/** The OpenAI error envelope, all four keys, with this status, or one of these. */
export function assertOpenAiError(answer, ...statuses) {
  assert.ok(statuses.includes(answer.status), `expected ${statuses}, got ${answer.status}: ${answer.text}`);
  assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
  assert.deepEqual(Object.keys(answer.json?.error ?? {}).sort(), ['code', 'message', 'param', 'type'], answer.text);
  assert.ok(answer.json.error.message, answer.text);
  assert.match(answer.headers['x-request-id'], /^req_/);
  assertClean(answer);
}
