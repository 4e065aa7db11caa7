/**
 * Whether the value of a retired field counts as "not given". That includes null in an old name of `integration_id`: existing
 * backends show `integration_routing: null` on every ticket, so a ticket that is sent back has this field. Only
 * `integration_id: null` clears the integration.
 */
export const isNotGiven = (replacement: string | undefined, value: unknown): boolean =>
  value === undefined || (value === null && replacement === 'integration_id')
