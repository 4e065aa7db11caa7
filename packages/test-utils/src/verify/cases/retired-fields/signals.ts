import type { ContractCase } from '../../model/case.ts'
import { SPEC } from '../../model/spec-references.ts'
import { nothingCreated } from './nothing-created.ts'

/** The deprecation headers of replies, and what `Prefer: handling=strict` changes. */
export const deprecationSignals: readonly ContractCase[] = [
  {
    id: 'prefer-strict/refuses',
    title:
      'Under `Prefer: handling=strict` a retired field is refused, and `Preference-Applied` confirms the preference',
    endpoint: 'integrations.create',
    specReference: SPEC.headers,
    strict: true,
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { name: tag, integration_type: 'jira' },
    }),
    expect: {
      code: 'retired_field',
      at: 'body.integration_type',
      headers: {
        'Preference-Applied': 'handling=strict',
        Vary: /Prefer/,
        'Deprecated-Fields': 'integration_type;use=platform_name',
      },
    },
    next: [nothingCreated],
  },
  {
    id: 'prefer-strict/among-others',
    title: '`handling=strict` is recognized among other preferences, in quotes, and in upper or lower case',
    endpoint: 'integrations.list',
    specReference: SPEC.headers,
    since: 'transitional',
    until: 'transitional',
    readOnly: true,
    request: ['handling=strict', 'respond-async, Handling="strict"', 'wait=10;handling=strict'].map((prefer) => ({
      endpoint: 'integrations.list',
      query: { is_enabled: true },
      headers: { Prefer: prefer },
    })),
    expect: { code: 'retired_field', at: 'query.is_enabled', headers: { 'Preference-Applied': 'handling=strict' } },
  },
  {
    id: 'prefer-strict/other-preferences',
    title: 'Other preferences change nothing',
    endpoint: 'integrations.list',
    specReference: SPEC.headers,
    since: 'transitional',
    until: 'transitional',
    readOnly: true,
    request: ['handling=lenient', 'x-handling=strict', 'handling=stricter'].map((prefer) => ({
      endpoint: 'integrations.list',
      query: { is_enabled: true },
      headers: { Prefer: prefer },
    })),
    expect: { headers: { 'Preference-Applied': undefined, 'Deprecated-Fields': 'is_enabled;use=enabled' } },
  },
  {
    id: 'prefer-strict/unknown-to-legacy',
    title: 'A legacy backend ignores `Prefer: handling=strict`',
    endpoint: 'integrations.list',
    specReference: SPEC.generations,
    until: 'legacy',
    readOnly: true,
    request: { endpoint: 'integrations.list', query: { enabled: true }, headers: { Prefer: 'handling=strict' } },
    expect: { headers: { 'Preference-Applied': undefined, Deprecation: undefined } },
  },
  {
    id: 'deprecations/on-refusals',
    title: 'An error reply has the same deprecation headers as a success',
    endpoint: 'integrations.create',
    specReference: SPEC.headers,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { name: tag, integration_type: 'jira', is_enabled: 'maybe' },
    }),
    expect: {
      code: 'validation_failed',
      at: 'body.is_enabled',
      headers: { Deprecation: /^@\d+$/, 'Deprecated-Fields': /is_enabled;use=enabled/, Link: /rel="deprecation"/ },
    },
  },
  {
    id: 'deprecations/on-not-found',
    title: 'A 404 has the deprecation headers of the retired fields too',
    endpoint: 'integrations.update',
    specReference: SPEC.headers,
    since: 'transitional',
    until: 'transitional',
    preconditions: ['a deleted integration'],
    request: { endpoint: 'integrations.update', body: { is_enabled: true } },
    expect: { code: 'not_found', headers: { 'Deprecated-Fields': 'is_enabled;use=enabled' } },
  },
]
