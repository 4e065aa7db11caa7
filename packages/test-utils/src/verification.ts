// The cases carry a library that makes up bodies: whoever wants the mock alone does not load them.
export { toGitHubAnnotations, toJUnit, toMarkdown, toSarif } from './formats/formats.ts'
export { type ContractCaseSummary, contractCases } from './verify/contract-cases.ts'
export type { CaseResult, Leftover, VerifyReport } from './verify/report.ts'
export { type Progress, type VerifyOptions, verifyContract } from './verify/verify-contract.ts'
