// What verifyContract finds in the profiles of the existing backend, from row to case.
import { deviations, PROFILES } from '@ai-ticket-creator/reference-api'
import { readPredictions } from '../../packages/test-utils/test/verify/profiles/predictions.ts'
import { unseen } from '../../packages/test-utils/test/verify/profiles/unseen.ts'

export const contractProfiles = { file: 'docs/contract-profiles.md', render: () => toPage(readPredictions()) }

const toPage = (predictions) => `# What the verification finds in the profiles

The profiles \`existing-*\` of the reference API are the existing backend as it is: its deviations, row by row, stand in
[a table](../packages/reference-api/README.md). Here is which cases of \`verifyContract\` fail because of which row, found with
that row alone in an API that keeps the contract otherwise. A whole profile fails the sum of its rows, no more and no fewer;
tests hold both to it.

<!-- made by npm run docs:update; what the rows break is found out by npm run predictions:update -->

| profile | rows | failed | unknown | skipped |
| --- | --- | --- | --- | --- |
${PROFILES.map((profile) => toTotals(profile, predictions[profile])).join('\n')}

A case is unknown when what it is given can not be made: such a backend makes no integration without credentials. It is
skipped when no reply is there that it could look at.

## Hidden by other rows

These cases end otherwise than a row predicts, because of another.

| profile | case | ends as | because of |
| --- | --- | --- | --- |
${PROFILES.flatMap((profile) => toHidden(profile, predictions[profile])).join('\n')}

## Rows that no case sees

| row | why |
| --- | --- |
${deviations.flatMap((row) => toUnseen(row)).join('\n')}

## Row by row

Cases that fail, where nothing else is said. A profile is named where not all that have the row agree.

${deviations.flatMap((row) => toSection(row, predictions)).join('\n\n')}
`

function toTotals(profile, { rows, hidden }) {
  const ends = new Map(Object.values(rows).flatMap((cases) => Object.entries(cases)))
  for (const [name, { outcome }] of Object.entries(hidden)) ends.set(name, outcome)
  const count = (outcome) => [...ends.values()].filter((one) => one === outcome).length
  return `| \`${profile}\` | ${Object.keys(rows).length} | ${count('failed')} | ${count('unknown')} | ${count('skipped')} |`
}

const toHidden = (profile, { hidden }) =>
  Object.entries(hidden).map(
    ([name, { outcome, by }]) =>
      `| \`${profile}\` | \`${name}\` | ${outcome} | ${by.map((id) => `\`${id}\``).join(', ')} |`,
  )

function toUnseen({ id, notReproduced }) {
  const said = unseen[id]
  if (notReproduced === undefined && said === undefined) return []
  const where = said?.profiles === undefined ? '' : ` (${said.profiles.map((profile) => `\`${profile}\``).join(', ')})`
  return [`| \`${id}\`${where} | ${(said?.why ?? `Not reproduced: ${notReproduced}`).replaceAll('|', '\\|')} |`]
}

function toSection({ id, summary, profiles }, predictions) {
  const holders = new Map()
  for (const profile of profiles)
    for (const [name, outcome] of Object.entries(predictions[profile].rows[id] ?? {})) {
      const said = outcome === 'failed' ? `\`${name}\`` : `\`${name}\` (${outcome})`
      holders.set(said, [...(holders.get(said) ?? []), profile])
    }
  if (holders.size === 0) return []

  const groups = Map.groupBy(holders.keys(), (said) => holders.get(said).join(', '))
  const lines = [...groups].map(([group, names]) =>
    group === profiles.join(', ') ? `- ${names.join(', ')}` : `- ${group}: ${names.join(', ')}`,
  )
  return [`### \`${id}\`\n\n${summary}\n\n${lines.join('\n')}`]
}
