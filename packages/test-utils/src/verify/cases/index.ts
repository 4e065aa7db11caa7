import type { ContractCase } from '../case.ts'
import { access } from './access.ts'
import { integrations } from './integrations.ts'
import { lists } from './lists.ts'
import { requests } from './requests.ts'
import { retired } from './retired.ts'
import { status } from './status.ts'
import { tickets } from './tickets.ts'

/** All cases; the seed decides what the generated ones send. */
export function casesOf(_seed: number): readonly ContractCase[] {
  return [...access, ...requests, ...retired, ...integrations, ...status, ...tickets, ...lists]
}
