import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { MalformedJsonError } from '../../errors/problem-error.ts'
import { ALL, type ErrorReply, type FailedRequest, type Row } from '../hooks.ts'
import { jsonFaultPosition } from '../json-fault-position.ts'
import { sentValue } from '../sent-value.ts'

/** The form of the items of a 422. These rows come after `validation-echoes-input`, which rebuilds each item. */
export const validationItems: readonly Row[] = [
  {
    id: 'json-faults-have-a-position',
    profiles: ALL,
    source: 'validation-errors',
    assumed: true,
    summary: 'The place of a body that is not JSON is `[body, position]`: the offset of the first wrong character.',
    error: changeItems((item, { error }) =>
      error instanceof MalformedJsonError ? { ...item, loc: ['body', jsonFaultPosition(error.text)] } : item,
    ),
  },
  {
    id: 'types-of-its-own',
    profiles: ALL,
    source: 'validation-errors',
    assumed: true,
    summary:
      'Some issues have another `type`: a blank text, a bad URL and an unknown `auth_type` are a `value_error`, an unreadable boolean in a text `bool_parsing`, an unreadable time `datetime_from_date_parsing`, a fraction `int_from_float`, an unknown order `string_pattern_mismatch`, a body that is not an object `model_attributes_type`.',
    error: changeItems((item, failed) => ({ ...item, type: typeOf(item, failed) })),
  },
  {
    id: 'context-of-items',
    profiles: ALL,
    source: 'validation-errors',
    assumed: true,
    summary: 'Most items of a 422 have `ctx`; only items about a missing field or a wrong type have none.',
    note: 'The content of `ctx` is recorded for rules in code only, where `ctx.error` is `{}`; for the others it is empty here.',
    error: changeItems((item) => {
      if (!WITH_CONTEXT.some((type) => type === item['type'])) return item
      return { ...item, ctx: item['type'] === 'value_error' ? { error: {} } : {} }
    }),
  },
]

type Item = Readonly<Record<string, unknown>>

function changeItems(change: (item: Item, failed: FailedRequest) => Item): NonNullable<Row['error']> {
  return (reply: ErrorReply, failed) => {
    const { body } = reply
    const items = isJsonObject(body) ? body['detail'] : undefined
    if (!isJsonObject(body) || !Array.isArray(items)) return reply
    return { ...reply, body: { ...body, detail: items.filter(isJsonObject).map((item) => change(item, failed)) } }
  }
}

function typeOf({ type, loc }: Item, failed: FailedRequest): unknown {
  const path = Array.isArray(loc) ? loc.map((step: unknown) => step as string | number) : []
  const [, field] = path
  const value = sentValue(path, failed)
  switch (type) {
    case 'string_too_short':
      // PATCH of a ticket states these two lengths in its schema, not in code.
      return failed.endpointId === 'tickets.update' && (field === 'title' || field === 'description')
        ? type
        : 'value_error'
    case 'url_scheme':
      return 'value_error'
    case 'int_type':
      return typeof value === 'number' ? 'int_from_float' : type
    case 'bool_type':
      return typeof value === 'string' ? 'bool_parsing' : type
    case 'datetime_parsing':
      return 'datetime_from_date_parsing'
    case 'enum':
      if (field === 'auth_type') return 'value_error'
      return path[0] === 'query' && (field === 'sort_by' || field === 'sort_order') ? 'string_pattern_mismatch' : type
    case 'dict_type':
      return isModel(path, failed) ? 'model_attributes_type' : type
    default:
      return type
  }
}

/** Whether a path leads to the whole body or to an attachment. Other objects have no schema in the existing backend. */
const isModel = (path: readonly (string | number)[], { endpointId }: FailedRequest): boolean =>
  path.length === 1 ? endpointId !== 'tickets.addAttachments' : path[1] === 'attachments'

const WITH_CONTEXT = [
  'enum',
  'value_error',
  'json_invalid',
  'uuid_parsing',
  'string_too_long',
  'string_too_short',
  'greater_than_equal',
  'less_than_equal',
  'string_pattern_mismatch',
  'datetime_parsing',
  'datetime_from_date_parsing',
] as const
