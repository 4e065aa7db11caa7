import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mutants } from './index.ts'
import { survivors } from './survivors.ts'
import type { Look } from './verify.ts'

/** What found a mutant: the first case that fails, and how it was looked at. */
export type Killer = Look & { readonly case: string }

export const FOUND = fileURLToPath(new URL('found.json', import.meta.url))

/** Which case finds which mutant, as update.ts wrote it. */
// Written by update.ts, and by nobody else.
export const readFound = (): Readonly<Record<string, Killer>> =>
  JSON.parse(readFileSync(FOUND, 'utf8')) as Record<string, Killer>

/** The table for readers. */
export function toDocument(found: Readonly<Record<string, Killer>>): string {
  const rows = mutants.map(({ id, kind, defect }) => {
    const killer = found[id]
    const survivor = survivors[id]
    const by =
      killer !== undefined
        ? `\`${killer.case}\` (${killer.generation}${killer.mode === 'strict' ? ', strict' : ''})`
        : survivor === undefined
          ? 'open: no case finds it'
          : `${survivor.equivalent ? 'equivalent' : 'open'}: ${survivor.why}`
    return `| ${id} | ${kind} | ${inCell(defect)} | ${inCell(by)} |`
  })
  const count = (kind: string) => mutants.filter((mutant) => mutant.kind === kind).length
  const equivalent = mutants.filter(({ id }) => found[id] === undefined && survivors[id]?.equivalent === true).length
  const killed = mutants.filter(({ id }) => found[id] !== undefined).length
  return `<!-- Generated: npm run mutants:update -->

# Mutants of the API

${mutants.length} single defects, frozen before the contract cases were written: ${count('by hand')} by hand, ${count('mechanical')} made by Stryker's
operators over the app's own code. The cases of \`verifyContract\` find ${killed}; ${equivalent} change nothing on the wire that the
contract speaks of; ${mutants.length - killed - equivalent} are open. In parentheses stands what no single case finds: a backend that can not be verified at all is
not taken for one that keeps the contract.

| mutant | made | defect | found by |
|---|---|---|---|
${rows.join('\n')}
`
}

const inCell = (text: string): string => text.replaceAll('|', '\\|')
