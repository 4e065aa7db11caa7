import type { ContractCase } from '../case.ts'
import { access } from './access.ts'
import { requests } from './requests.ts'

/** All cases; the seed decides what the generated ones send. */
export const casesOf = (_seed: number): readonly ContractCase[] => [...access, ...requests]
