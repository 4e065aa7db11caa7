import { type Generation, isAvailable } from '@ai-ticket-creator/domain'
import { isWithin } from '@ai-ticket-creator/domain/internal'
import type { ContractCase, Invariant } from '../model/case.ts'
import { canBeFound } from '../model/preconditions.ts'
import type { VerifyReport } from '../model/report.ts'
import type { Settings } from './options.ts'

/** What a run sends, and which cases it includes. */
export interface Plan {
  readonly mode: VerifyReport['mode']
  /** Generation of the backend. */
  readonly generation: Generation
  /** Generation of the requests: a transitional backend under `handling=strict` behaves like a current one. */
  readonly requestGeneration: Generation
  readonly strict: boolean
  readonly hasOtherTenantToken: boolean
  /** The options contain files that exist on the backend. */
  readonly hasFiles: boolean
}

export function planOf({ mode, otherTenantToken, fileIds }: Settings, generation: Generation): Plan {
  const strict = mode === 'strict' && generation === 'transitional'
  return {
    mode,
    generation,
    requestGeneration: strict ? 'current' : generation,
    strict,
    hasOtherTenantToken: otherTenantToken !== undefined,
    hasFiles: fileIds !== undefined,
  }
}

/** Whether a run with this plan includes a rule. */
export const isIncluded = (one: ContractCase | Invariant, plan: Plan): boolean =>
  appliesToGeneration(one, plan.requestGeneration) && !('strict' in one && one.strict && !plan.strict)

export function appliesToGeneration(one: ContractCase | Invariant, generation: Generation): boolean {
  const { endpoint } = one
  if (!isWithin(one, generation)) return false
  return endpoint === undefined || isAvailable(endpoint, generation) || ('retired' in one && one.retired)
}

/** Why an included case does not run; undefined if it runs. */
export function skipReason(one: ContractCase, { mode, hasOtherTenantToken }: Plan): string | undefined {
  if (mode === 'read-only' && !isReadOnly(one)) return 'it writes, and read-only mode sends no writes'
  if (!hasOtherTenantToken && one.needsOtherTenant === true) return 'it needs a token of another organization'
  return undefined
}

/** Whether a case runs in read-only mode: it sends only GET and its preconditions can be found. */
export const isReadOnly = ({ readOnly, preconditions = [] }: ContractCase): boolean =>
  readOnly === true && preconditions.every(canBeFound)
