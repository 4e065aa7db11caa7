import { type EndpointId, endpointOf } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import { shapeOf } from '../schema/schema.ts'
import { changesAccepting, replacementRoute } from '../versioning/changes/index.ts'

/** What an operation's schemas can not say: rules over several fields, and where a retired route moved. */
export function describeOperation(endpointId: EndpointId, generation: Generation): string | undefined {
  const sentences = [
    ...(generation === 'transitional' ? aboutMove(endpointId) : []),
    ...(generation === 'current' ? [] : aboutSpellings(endpointId, generation)),
    ...aboutRules(endpointId, generation),
    ...(endpointOf(endpointId).entities === undefined ? [] : [ECHO]),
  ]
  return sentences.length === 0 ? undefined : sentences.join(' ')
}

const ECHO =
  'A reply can be sent back: what can not be changed has to be as it was read, what the service moves by itself is ignored.'

function aboutMove(endpointId: EndpointId): readonly string[] {
  const moved = replacementRoute(endpointId)
  if (moved === undefined) return []
  const { method, path } = endpointOf(moved.to)
  return [`Use ${method} ${path} (\`${moved.to}\`).`, moved.change.summary]
}

function aboutSpellings(endpointId: EndpointId, generation: Generation): readonly string[] {
  return (['body', 'query'] as const).flatMap((part) => {
    const { [part]: schema } = endpointOf(endpointId)
    const changes = changesAccepting(endpointId, part)
    const groups = Object.entries(schema === undefined ? {} : shapeOf(schema)).map(([field, { _zod }]) => ({
      required: _zod.optin !== 'optional',
      names: [
        ...(generation === 'legacy' ? [] : [field]),
        ...changes.flatMap(({ retired }) =>
          Object.keys(retired).filter((name) => retired[name]?.replacement === field),
        ),
      ],
    }))
    return [
      ...groups.filter(({ names }) => names.length > 1).map((group) => aboutGroup(endpointId, group)),
      ...(changes.some(({ kind }) => kind === 'look-up')
        ? ['An integration that is given by name is looked up; a name that several have is refused.']
        : []),
    ]
  })
}

function aboutGroup(endpointId: EndpointId, group: { required: boolean; names: readonly string[] }): string {
  const names = group.names.map((name) => `\`${name}\``).join(', ')
  const onUpdate =
    endpointOf(endpointId).entities === undefined
      ? ''
      : ', or one of them has to be as stored: then the other one counts'
  return group.required
    ? `One of ${names} is required; if several are sent, they have to agree.`
    : `If several of ${names} are sent, they have to agree${onUpdate}.`
}

const RESOLVED = '`resolution_summary` is required when `status` becomes `resolved` or `closed`.'
const NOT_GIVEN = 'On create null means not given.'
const UNANSWERED =
  'When the platform does not answer in time, the ticket is kept and `integration_result.outcome` is `unknown`.'

// The rules of `readBody` over several fields, in words. `not`: the generations that do not have the fields.
const rules: Partial<Record<EndpointId, readonly { readonly text: string; readonly not?: readonly Generation[] }[]>> = {
  'integrations.create': [
    { text: NOT_GIVEN },
    { text: '`integration_category` may be left out; else it has to be that of `platform_name`.', not: ['legacy'] },
    { text: '`credentials` may be left out; else they need the keys of the platform and of `auth_type`.' },
  ],
  'integrations.update': [
    { text: 'Absent fields are left alone, null clears where it may be null.' },
    { text: 'Another null is left alone and named in `Ignored-Fields`.', not: ['current'] },
    { text: '`credentials` need the keys of the platform and of `auth_type`.' },
  ],
  'integrations.setStatus': [
    { text: 'Of the words for `status` only `active` and `inactive` can be set.', not: ['current'] },
  ],
  'integrations.test': [{ text: 'A failed test is a reply with `success: false`, not an error.' }],
  'tickets.create': [{ text: NOT_GIVEN }, { text: UNANSWERED }],
  'tickets.createWithAi': [{ text: NOT_GIVEN }, { text: UNANSWERED }],
  'tickets.replace': [
    { text: 'Absent fields are left alone.' },
    {
      text: 'null is left alone and named in `Ignored-Fields`; to clear a field, send null by PATCH.',
      not: ['current', 'legacy'],
    },
    { text: 'null is left alone and named in `Ignored-Fields`.', not: ['current', 'transitional'] },
    { text: 'null clears where it may be null.', not: ['legacy', 'transitional'] },
  ],
  'tickets.update': [
    { text: 'At least one field is required; absent fields are left alone, null clears.' },
    { text: RESOLVED },
  ],
  'tickets.setStatus': [{ text: RESOLVED }],
}

const aboutRules = (endpointId: EndpointId, generation: Generation): readonly string[] =>
  (rules[endpointId] ?? []).filter(({ not = [] }) => !not.includes(generation)).map(({ text }) => text)
