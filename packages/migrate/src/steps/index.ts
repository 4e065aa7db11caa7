import { backfill } from './backfill.ts'
import { contract } from './contract.ts'
import { expand } from './expand.ts'
import { indexes } from './indexes.ts'
import { checks, notNull, validate } from './not-null.ts'
import { reconcile } from './reconcile.ts'
import { retire } from './retire.ts'
import type { Step } from './step.ts'
import { sync } from './sync.ts'
import { ticketsColumns } from './tickets-columns.ts'
import { ticketsConstraints } from './tickets-constraints.ts'
import { ticketsNames } from './tickets-names.ts'
import { view } from './view.ts'

/** All steps, in the order in which they are applied; they are undone in reverse order. */
export const STEPS: readonly Step[] = [
  expand,
  sync,
  backfill,
  checks,
  validate,
  notNull,
  reconcile,
  indexes,
  ticketsColumns,
  ticketsNames,
  ticketsConstraints,
  view,
  retire,
  contract,
]
