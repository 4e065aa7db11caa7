import { fromEntries } from '../../schema/json.ts'
import { nullish, text } from '../../schema/json-type.ts'
import { type Change, change, type FieldIssue, type Upgraded } from './change.ts'

const retired = { replacement: 'integration_id', type: nullish(text()) }

/** A name is converted to an id by a look-up, so the caller passes `idOf` and, for a downgrade, `nameOf`. */
export const integrationNameToId: Change = change({
  id: 'integration-name-to-id',
  kind: 'look-up',
  summary: 'A ticket names its integration by `integration_id`; names are not unique.',
  deprecated: '2025-09-06',
  endpoints: {
    body: ['tickets.create', 'tickets.createWithAi', 'tickets.replace'],
    query: ['tickets.list'],
  },
  // The first is the documented name; the others are from several versions of servers and clients (existing backend:
  // file a ticket with an integration).
  retired: {
    integration_name: retired,
    integration: retired,
    integration_routing: retired,
    integration_preference: retired,
  },
  current: ['integration_id'],

  upgrade(old, { idOf, legacyOnly = false }): Upgraded {
    const [[field, value] = ['', undefined], ...others] = Object.entries(old)
    const [other] = others.find(([, name]) => trimmed(name) !== trimmed(value)) ?? []
    if (other !== undefined) return { issues: [disagreement(field, other, legacyOnly)] }

    if (value === null) return { fields: { integration_id: null } }
    if (typeof value !== 'string') return { issues: [notAString(field, legacyOnly)] }
    const id = idOf?.(value)
    return id === undefined
      ? { lookup: { field, name: value, replacement: 'integration_id' } }
      : { fields: { integration_id: id } }
  },

  downgrade(current, { nameOf }) {
    const id = current['integration_id']
    const name = typeof id === 'string' ? nameOf?.(id) : id
    return name === undefined ? undefined : fromEntries([['integration_name', name]])
  },
})

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value)

const disagreement = (field: string, other: string, legacyOnly: boolean): FieldIssue => ({
  type: 'value_error',
  field,
  msg: `\`${field}\` disagrees with \`${other}\`; send only ${legacyOnly ? 'one of them' : '`integration_id`'}`,
  code: 'conflicting_fields',
  ...(!legacyOnly && { replacement: 'integration_id' }),
})

const notAString = (field: string, legacyOnly: boolean): FieldIssue => ({
  type: 'string_type',
  field,
  msg: `\`${field}\` must be a string${legacyOnly ? '' : '; better, send `integration_id`'}`,
  code: 'validation_failed',
  ...(!legacyOnly && { replacement: 'integration_id' }),
})
