import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mutants } from './index.ts'
import { FOUND_AT_FIRST } from './kinds/found-at-first.ts'
import { survivors } from './survivors.ts'
import type { Setting } from './verify.ts'

/** The first case that fails on a mutant, and the setting. */
export type Killer = Setting & { readonly case: string }

export const FOUND = fileURLToPath(new URL('found.json', import.meta.url))

// Only update.ts writes the file.
export const readFound = (): Readonly<Record<string, Killer>> =>
  JSON.parse(readFileSync(FOUND, 'utf8')) as Record<string, Killer>

/** The page docs/contract-mutants.md. */
export function toDocument(found: Readonly<Record<string, Killer>>): string {
  const rows = mutants.map(
    ({ id, kind, defect }) => `| ${id} | ${kind} | ${inCell(defect)} | ${inCell(describeResult(id, found[id]))} |`,
  )
  const count = (kind: string) => mutants.filter((mutant) => mutant.kind === kind).length
  const killed = mutants.filter(({ id }) => found[id] !== undefined).length
  const equivalent = mutants.filter(({ id }) => found[id] === undefined && survivors[id]?.equivalent === true).length
  const ofKinds = mutants.filter(({ kind }) => kind === 'by kind').map(({ id }) => id)
  const ofKindsNow = ofKinds.filter((id) => found[id] !== undefined)
  return `# Mutants of the API

<!-- Generated: npm run mutants:update -->

${mutants.length} single defects of the API, frozen before the contract cases were written: ${count('by hand')} written by hand, ${count('mechanical')} made by the
operators of Stryker from the code of the app, and ${count('by kind')} of nine kinds that the first cases covered too little: filters, other
organizations, tokens, texts, deletes, what is stored, times of secrets, forms of ids, and null. The cases of \`verifyContract\`
find ${killed} of them, ${equivalent} cannot be observed through the API, and the number of open ones is ${mutants.length - killed - equivalent}. A result in parentheses means that
no case fails but the run is inconclusive, so the mutant does not pass either.

Of the ${ofKinds.length} mutants by kind, ${FOUND_AT_FIRST.length} were found when they were frozen, and ${ofKindsNow.length} are found now.

| mutant | kind | defect | found by |
|---|---|---|---|
${rows.join('\n')}
`
}

function describeResult(id: string, killer: Killer | undefined): string {
  if (killer !== undefined)
    return `\`${killer.case}\` (${killer.generation}${killer.mode === 'strict' ? ', strict' : ''})`
  const survivor = survivors[id]
  if (survivor === undefined) return 'open: no case finds it'
  return `${survivor.equivalent ? 'not observable' : 'open'}: ${survivor.reason}`
}

const inCell = (text: string): string => text.replaceAll('|', '\\|')
