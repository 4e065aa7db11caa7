import type { ContractCase } from '../../model/case.ts'
import { everyRetiredField } from './every-field.ts'
import { retiredIntegrationFields } from './integrations.ts'
import { retiredRoutes } from './routes.ts'
import { deprecationSignals } from './signals.ts'
import { retiredTicketFields } from './tickets.ts'

/** Retired fields and routes: accepted with deprecation headers by a transitional backend, refused by a current one. */
export const retiredFields: readonly ContractCase[] = [
  ...everyRetiredField,
  ...retiredRoutes,
  ...retiredIntegrationFields,
  ...retiredTicketFields,
  ...deprecationSignals,
]
