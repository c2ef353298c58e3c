// When two values mean the same.

/** One form for what means the same: nothing, null and empty; dates; a deployment's default weight and priority. */
export function normal(value) {
  if (value === null || value === undefined || value === '') {
    return undefined;
  }
  if (value instanceof Date) {
    return value.toISOString().replace('.000Z', 'Z');
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map(normal);
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value)
      .map(([key, each]) => [key, normal(each)])
      .filter(([, each]) => each !== undefined);
    const object = Object.fromEntries(entries);
    if ('upstream_model' in object) {
      object.weight ??= 1;
      object.priority ??= 0;
    }
    return entries.length === 0 ? undefined : object;
  }
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))
    ? new Date(value).toISOString().replace('.000Z', 'Z')
    : value;
}
