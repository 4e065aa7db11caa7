// The cases carry a library that makes up bodies: whoever wants the mock alone does not load them.
export { toGitHubAnnotations, toJUnit, toMarkdown, toSarif } from './reporters/reporters.ts'
export { type ContractCaseSummary, contractCases } from './verify/engine/contract-cases.ts'
export { type Progress, type VerifyOptions, verifyContract } from './verify/engine/verify-contract.ts'
export type { CaseResult, Leftover, VerifyReport } from './verify/model/report.ts'
