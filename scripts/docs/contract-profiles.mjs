// The failures of verifyContract on the profiles of the existing backend, by deviation.
import { deviations, PROFILES } from '@ai-ticket-creator/reference-api'
import { readPredictions } from '../../packages/test-utils/test/verify/profiles/predictions.ts'
import { undetected } from '../../packages/test-utils/test/verify/profiles/undetected.ts'

export const contractProfiles = { file: 'docs/contract-profiles.md', render: () => toPage(readPredictions()) }

const toPage = (predictions) => `# Contract failures of the existing backend

The profiles \`existing-*\` of the reference API reproduce the existing backend by a
[list of deviations](../packages/reference-api/README.md). This page lists the cases of \`verifyContract\` that fail because of
each deviation, found with an API that has this deviation only. A whole profile fails the sum of its deviations; tests check
both.

<!-- Generated: npm run docs:update; the failures are found by npm run predictions:update -->

| profile | deviations | failed | inconclusive | skipped |
| --- | --- | --- | --- | --- |
${PROFILES.map((profile) => toTotals(profile, predictions[profile])).join('\n')}

A case is inconclusive if its preconditions cannot be created: these backends create no integration without credentials. An
invariant is skipped if the run has no reply to check.

## Masked failures

These cases have another outcome than a deviation predicts, because another deviation masks it.

| profile | case | outcome | masked by |
| --- | --- | --- | --- |
${PROFILES.flatMap((profile) => toMasked(profile, predictions[profile])).join('\n')}

## Undetected deviations

| deviation | reason |
| --- | --- |
${deviations.flatMap((deviation) => toUndetected(deviation)).join('\n')}

## Failures by deviation

The cases fail unless another outcome is given. A profile is named if not all profiles with the deviation agree.

${deviations.flatMap((deviation) => toSection(deviation, predictions)).join('\n\n')}
`

function toTotals(profile, prediction) {
  const outcomes = new Map(Object.values(prediction.deviations).flatMap((cases) => Object.entries(cases)))
  for (const [name, { outcome }] of Object.entries(prediction.masked)) outcomes.set(name, outcome)
  const count = (outcome) => [...outcomes.values()].filter((one) => one === outcome).length
  const counts = [count('failed'), count('inconclusive'), count('skipped')]
  return `| \`${profile}\` | ${[Object.keys(prediction.deviations).length, ...counts].join(' | ')} |`
}

const toMasked = (profile, { masked }) =>
  Object.entries(masked).map(
    ([name, { outcome, by }]) =>
      `| \`${profile}\` | \`${name}\` | ${outcome} | ${by.map((id) => `\`${id}\``).join(', ')} |`,
  )

function toUndetected({ id, notReproduced }) {
  const entry = undetected[id]
  if (notReproduced === undefined && entry === undefined) return []
  const profiles = entry?.profiles === undefined ? '' : ` (${entry.profiles.map((one) => `\`${one}\``).join(', ')})`
  return [`| \`${id}\`${profiles} | ${(entry?.reason ?? `Not reproduced: ${notReproduced}`).replaceAll('|', '\\|')} |`]
}

function toSection({ id, summary, profiles }, predictions) {
  const profilesByCase = new Map()
  for (const profile of profiles)
    for (const [name, outcome] of Object.entries(predictions[profile].deviations[id] ?? {})) {
      const text = outcome === 'failed' ? `\`${name}\`` : `\`${name}\` (${outcome})`
      profilesByCase.set(text, [...(profilesByCase.get(text) ?? []), profile])
    }
  if (profilesByCase.size === 0) return []

  const groups = Map.groupBy(profilesByCase.keys(), (text) => profilesByCase.get(text).join(', '))
  const lines = [...groups].map(([group, cases]) =>
    group === profiles.join(', ') ? `- ${cases.join(', ')}` : `- ${group}: ${cases.join(', ')}`,
  )
  return [`### \`${id}\`\n\n${summary}\n\n${lines.join('\n')}`]
}
