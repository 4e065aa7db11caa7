// A separate entry point: the cases import a library that generates request bodies, which users of the mock should not load.

export type { Fetch } from './core/fetch.ts'
export { type SarifOptions, toGitHubAnnotations, toJUnit, toMarkdown, toSarif } from './reporters/reporters.ts'
export type { UsageLocation, UsageReport, UsageResult } from './usage/usage-report.ts'
export { type ContractCaseSummary, contractCases } from './verify/engine/contract-cases.ts'
export type { Progress, VerifyOptions } from './verify/engine/options.ts'
export { verifyContract } from './verify/engine/verify-contract.ts'
export type { CaseResult, UndeletedResource, VerifyReport } from './verify/model/report.ts'
