/** The boolean that the existing backend reads from a value; undefined if it reads none. */
export function toLenientBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : ''
  if (['true', 't', 'yes', 'y', 'on', '1'].includes(text)) return true
  return ['false', 'f', 'no', 'n', 'off', '0'].includes(text) ? false : undefined
}
