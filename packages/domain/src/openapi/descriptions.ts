import { type EndpointId, endpointOf } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import { changesAccepting, replacementRoute } from '../versioning/changes/index.ts'
import { type NameGroup, nameGroups } from './name-groups.ts'

/** What the schemas of an operation cannot express, as sentences: rules over several fields, look-ups, retired routes. */
export function describeOperation(endpointId: EndpointId, generation: Generation): string | undefined {
  const sentences = [
    ...(generation === 'transitional' ? replacementSentences(endpointId) : []),
    ...(generation === 'current' ? [] : nameSentences(endpointId, generation)),
    ...ruleSentences(endpointId, generation),
    ...(endpointOf(endpointId).entities === undefined ? [] : [SENT_BACK]),
  ]
  return sentences.length === 0 ? undefined : sentences.join(' ')
}

const SENT_BACK =
  'A reply can be sent back: fields that cannot be changed must have their stored value, and fields that the service computes are ignored.'

function replacementSentences(endpointId: EndpointId): readonly string[] {
  const replacement = replacementRoute(endpointId)
  if (replacement === undefined) return []
  const { method, path } = endpointOf(replacement.to)
  return [`Use ${method} ${path} (\`${replacement.to}\`).`, replacement.change.summary]
}

function nameSentences(endpointId: EndpointId, generation: Generation): readonly string[] {
  return (['body', 'query'] as const).flatMap((part) => [
    ...nameGroups(endpointId, part, generation)
      .filter(({ names }) => names.length > 1)
      .map((group) => groupSentence(endpointId, group)),
    ...(changesAccepting(endpointId, part).some(({ kind }) => kind === 'look-up')
      ? ['An integration that is given by name is looked up; a name that several integrations share is refused.']
      : []),
  ])
}

function groupSentence(endpointId: EndpointId, group: NameGroup): string {
  const names = group.names.map((name) => `\`${name}\``).join(', ')
  const onUpdate =
    endpointOf(endpointId).entities === undefined
      ? ''
      : ', or one of them must equal the stored value: then the other one counts'
  return group.required
    ? `One of ${names} is required; if several are sent, they must agree.`
    : `If several of ${names} are sent, they must agree${onUpdate}.`
}

const RESOLVED = '`resolution_summary` is required when `status` becomes `resolved` or `closed`.'
const NOT_GIVEN = 'null means not given.'
const UNANSWERED =
  'If the platform does not answer in time, the ticket is stored and `integration_result.outcome` is `unknown`.'

// The rules of `parseBody` over several fields, as sentences. `not`: the generations without the rule.
const rules: Partial<Record<EndpointId, readonly { readonly text: string; readonly not?: readonly Generation[] }[]>> = {
  'integrations.create': [
    { text: NOT_GIVEN },
    { text: '`integration_category` may be left out; if given, it must be that of `platform_name`.', not: ['legacy'] },
    { text: '`credentials` may be left out; if given, they need the keys of the platform and of `auth_type`.' },
  ],
  'integrations.update': [
    { text: 'Absent fields are left alone; null clears a nullable field.' },
    { text: 'null for another field is ignored and named in `Ignored-Fields`.', not: ['current'] },
    { text: '`credentials` need the keys of the platform and of `auth_type`.' },
  ],
  'integrations.setStatus': [{ text: '`status` can only be set to `active` or `inactive`.', not: ['current'] }],
  'integrations.test': [{ text: 'A failed test is a reply with `success: false`, not an error.' }],
  'tickets.create': [{ text: NOT_GIVEN }, { text: UNANSWERED }],
  'tickets.createWithAi': [{ text: NOT_GIVEN }, { text: UNANSWERED }],
  'tickets.replace': [
    { text: 'Absent fields are left alone.' },
    {
      text: 'null is ignored and named in `Ignored-Fields`; to clear a field, send null with PATCH.',
      not: ['current', 'legacy'],
    },
    { text: 'null is ignored and named in `Ignored-Fields`.', not: ['current', 'transitional'] },
    { text: 'null clears a nullable field.', not: ['legacy', 'transitional'] },
  ],
  'tickets.update': [
    { text: 'At least one field is required; absent fields are left alone; null clears a field.' },
    { text: RESOLVED },
  ],
  'tickets.setStatus': [{ text: RESOLVED }],
}

const ruleSentences = (endpointId: EndpointId, generation: Generation): readonly string[] =>
  (rules[endpointId] ?? []).filter(({ not = [] }) => !not.includes(generation)).map(({ text }) => text)
