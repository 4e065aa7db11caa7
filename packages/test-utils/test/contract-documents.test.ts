import { readFileSync } from 'node:fs'
import { deviations, PROFILES, type Profile } from '@ai-ticket-creator/reference-api'
import { contractCases } from '@ai-ticket-creator/test-utils/verify'
import { expect, test } from 'vitest'
import type { Outcomes } from './verify/profiles/outcomes.ts'
import { readPredictions } from './verify/profiles/predictions.ts'
import { undetected } from './verify/profiles/undetected.ts'

const predictions = readPredictions()

test('the page about contract cases lists every case', async () => {
  const rows = contractCases.map(({ id, title, generations, readOnly, severity, specReference }) => [
    code(id),
    title,
    generations.length === 3 ? 'all' : generations.join(', '),
    readOnly ? 'yes' : '',
    severity,
    specReference,
  ])

  await expect(`# Contract cases

The ${contractCases.length} cases of \`verifyContract\`. The generation of the backend decides which of them run. Cases with "read-only: yes" run
in read-only mode too. Ids are stable, because baselines and \`--filter\` refer to them.

<!-- Generated: npm run docs:update -->

${table(['case', 'rule', 'generations', 'read-only', 'severity', 'documented in'], rows)}
`).toMatchFileSnapshot('../../../docs/contract-cases.md')
})

test.each([...new Set(contractCases.map(({ specReference }) => specReference))])(
  '%s is a heading of a README',
  (reference) => {
    const [, name = '', anchor = ''] =
      /^https:\/\/www\.npmjs\.com\/package\/@ai-ticket-creator\/([a-z-]+)#([a-z-]+)$/.exec(reference) ?? []
    const readme = readFileSync(new URL(`../../${name}/README.md`, import.meta.url), 'utf8')
    const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replaceAll(' ', '-'),
    )

    expect(headings).toContain(anchor)
  },
)

test('the page about profiles lists the cases that each deviation makes fail', async () => {
  await expect(`# Contract failures of the existing backend

The profiles \`existing-*\` of the reference API reproduce the existing backend by a
[list of deviations](../packages/reference-api/README.md). This page lists the cases of \`verifyContract\` that fail because of
each deviation, found with an API that has this deviation only. A whole profile fails the sum of its deviations; tests check
both.

<!-- Generated: npm run docs:update; the failures are found by npm run predictions:update -->

${table(['profile', 'deviations', 'failed', 'inconclusive', 'skipped'], PROFILES.map(totals))}

A case is inconclusive if its preconditions cannot be created: these backends create no integration without credentials. An
invariant is skipped if the run has no reply to check.

## Masked failures

These cases have another outcome than a deviation predicts, because another deviation masks it.

${table(['profile', 'case', 'outcome', 'masked by'], PROFILES.flatMap(maskedIn))}

## Undetected deviations

${table(['deviation', 'reason'], deviations.flatMap(reasonOf))}

## Failures by deviation

The cases fail unless another outcome is given. A profile is named if not all profiles with the deviation agree.

${deviations.flatMap(section).join('\n\n')}
`).toMatchFileSnapshot('../../../docs/contract-profiles.md')
})

type Deviation = (typeof deviations)[number]

function totals(profile: Profile): string[] {
  const { deviations: predicted, masked } = predictions[profile]
  const outcomes = new Map(Object.values(predicted).flatMap((cases) => Object.entries(cases)))
  for (const [id, { outcome }] of Object.entries(masked)) outcomes.set(id, outcome)
  const count = (wanted: Outcomes[string]) => [...outcomes.values()].filter((outcome) => outcome === wanted).length
  return [
    code(profile),
    ...[Object.keys(predicted).length, count('failed'), count('inconclusive'), count('skipped')].map((number) =>
      String(number),
    ),
  ]
}

function maskedIn(profile: Profile): string[][] {
  return Object.entries(predictions[profile].masked).map(([id, { outcome, by }]) => [
    code(profile),
    code(id),
    outcome,
    by.map(code).join(', '),
  ])
}

function reasonOf({ id, notReproduced }: Deviation): string[][] {
  const known = undetected[id]
  if (notReproduced === undefined && known === undefined) return []
  const where = known?.profiles === undefined ? '' : ` (${known.profiles.map(code).join(', ')})`
  return [[`${code(id)}${where}`, known?.reason ?? `Not reproduced: ${notReproduced}`]]
}

function section({ id, summary, profiles }: Deviation): string[] {
  const results = profiles.flatMap((profile) =>
    Object.entries(predictions[profile].deviations[id] ?? {}).map(([name, outcome]) => ({
      profile,
      result: outcome === 'failed' ? code(name) : `${code(name)} (${outcome})`,
    })),
  )
  if (results.length === 0) return []

  const byResult = Map.groupBy(results, ({ result }) => result)
  const byProfiles = Map.groupBy(byResult, ([, found]) => found.map(({ profile }) => profile).join(', '))
  const lines = [...byProfiles].map(([group, found]) => {
    const names = found.map(([result]) => result).join(', ')
    return group === profiles.join(', ') ? `- ${names}` : `- ${group}: ${names}`
  })
  return [`### \`${id}\`\n\n${summary}\n\n${lines.join('\n')}`]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const inCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(inCell).join(' | ')} |`).join('\n')
}

function code(name: string): string {
  return `\`${name}\``
}
