import { type Generation, isAvailable } from '@ai-ticket-creator/domain'
import { isWithin } from '@ai-ticket-creator/domain/internal'
import type { ContractCase, Invariant } from '../model/case.ts'
import { canBeFound } from '../model/preconditions.ts'
import type { VerifyReport } from '../model/report.ts'

/** How a run goes about it. */
export interface Plan {
  readonly mode: VerifyReport['mode']
  /** What the backend speaks. */
  readonly generation: Generation
  /** What is spoken with it: under `handling=strict` a transitional backend reads and answers as a current one. */
  readonly spoken: Generation
  readonly strict: boolean
  readonly hasOtherToken: boolean
}

export function planOf(mode: VerifyReport['mode'], generation: Generation, hasOtherToken: boolean): Plan {
  const strict = mode === 'strict' && generation === 'transitional'
  return { mode, generation, spoken: strict ? 'current' : generation, strict, hasOtherToken }
}

/** Whether a case says anything about this backend in this mode. */
export const appliesTo = (one: ContractCase | Invariant, plan: Plan): boolean =>
  holdsFor(one, plan.spoken) && !('strict' in one && one.strict && !plan.strict)

/** Whether a rule holds for a generation. */
export function holdsFor(one: ContractCase | Invariant, generation: Generation): boolean {
  const { endpoint } = one
  if (!isWithin(one, generation)) return false
  return endpoint === undefined || isAvailable(endpoint, generation) || ('gone' in one && one.gone)
}

/** Why a case that concerns the backend is not tried; undefined when it is. */
export function skipReason(one: ContractCase, { mode, hasOtherToken }: Plan): string | undefined {
  if (mode === 'read-only' && !isReadOnly(one)) return 'it writes, and nothing is written in read-only mode'
  if (!hasOtherToken && asksAsOther(one)) return 'it needs the token of another organization'
  return undefined
}

/** Whether a case sends GET alone and needs nothing that has to be made. */
export const isReadOnly = ({ reads, given = [] }: ContractCase): boolean => reads === true && given.every(canBeFound)

const asksAsOther = ({ other }: ContractCase): boolean => other === true
