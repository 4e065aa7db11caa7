import { InvalidInputError, problems } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

// The codes, written out. `item`: a code of a single field.
const table = [
  ['unauthenticated', 401, ''],
  ['not_found', 404, ''],
  ['validation_failed', 422, 'issue'],
  ['conflicting_fields', 422, 'issue'],
  ['category_mismatch', 422, 'issue'],
  ['platform_required', 422, 'issue'],
  ['unknown_platform', 422, 'issue'],
  ['unknown_field', 422, 'issue'],
  ['read_only_field', 422, 'issue'],
  ['credentials_incomplete', 422, 'issue'],
  ['status_not_settable', 422, 'issue'],
  ['retired_field', 422, 'issue'],
  ['integration_not_found', 422, ''],
  ['integration_unusable', 422, ''],
  ['retired_route', 410, ''],
  ['method_not_allowed', 405, ''],
  ['payload_too_large', 413, ''],
  ['unsupported_media_type', 415, ''],
  ['ambiguous_integration_name', 409, ''],
  ['transition_refused', 409, ''],
  ['version_conflict', 412, ''],
  ['idempotency_mismatch', 422, ''],
  ['idempotency_in_flight', 409, ''],
  ['external_creation_failed', 502, ''],
  ['not_supported', 501, ''],
  ['rate_limited', 429, ''],
  ['internal', 500, ''],
] as const

test('every code has its status, and there are no others', () => {
  const rows = Object.entries(problems).map(([code, { status, isFieldIssue }]) => [
    code,
    status,
    isFieldIssue === true ? 'issue' : '',
  ])

  expect(rows).toEqual(table)
})

test('every code has a description, without a capital letter and a full stop', () => {
  expect(Object.values(problems).filter(({ when }) => !/^[a-z].*[^.]$/.test(when))).toEqual([])
})

test('an InvalidInputError has a code, its issues, and a message with all of them', () => {
  const issues = [
    { type: 'missing', loc: ['body', 'name'], msg: '`name` is required', code: 'validation_failed' },
    { type: 'missing', loc: ['body', 'platform_name'], msg: '`platform_name` is required', code: 'platform_required' },
  ] as const

  const error = new InvalidInputError(issues)

  expect(error).toBeInstanceOf(Error)
  expect(error.name).toBe('InvalidInputError')
  expect(error.code).toBe('validation_failed')
  expect(error.issues).toEqual(issues)
  expect(error.message).toBe('`name` is required; `platform_name` is required')
})
