import type { ContractCase } from '../../model/case.ts'
import { bodyCases } from './bodies.ts'
import { idFormCases } from './id-forms.ts'
import { methodCases } from './methods.ts'
import { pathCases } from './paths.ts'
import { unknownFieldCases } from './unknown-fields.ts'

/** The form of requests, whatever the endpoint. */
export const requests: readonly ContractCase[] = [
  ...bodyCases,
  ...unknownFieldCases,
  ...pathCases,
  ...idFormCases,
  ...methodCases,
]
