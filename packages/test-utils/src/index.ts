export { type TestClock, testClock } from './core/clock.ts'
export { TestApiError } from './core/errors.ts'
export { createTestApi, type TestApi, type TestApiOptions } from './mock/create-test-api.ts'
export { answerSlowly, loseAnswer, resetConnection, type Waits } from './mock/faults/connection.ts'
export { sendUnknownField, sendUnknownWord, stripHeaders, truncateBody } from './mock/faults/corrupt-response.ts'
// Faults
export {
  answerHtml,
  failWith,
  flipGeneration,
  limitRate,
  oddRetryAfters,
  type RateLimit,
} from './mock/faults/error-responses.ts'
export type { Fault, FaultyExchange } from './mock/faults/fault.ts'
export type { AddedFault, FaultEntry, FaultRule, Faults } from './mock/faults/fault-registry.ts'
export type { Fetch } from './mock/fetch.ts'
// Fixtures
export { aLegacyIntegration, aLegacyTicket, anIntegration, aTicket, aUser } from './mock/fixtures/entities.ts'
export {
  aLegacyIntegrationInput,
  aLegacyTicketInput,
  anIntegrationInput,
  aTicketInput,
  type IntegrationInput,
  type IntegrationInputFields,
  type LegacyIntegrationInput,
} from './mock/fixtures/inputs.ts'
export type { RecordedRequest } from './mock/recording/recorded-request.ts'
export type { Given } from './mock/seed.ts'
// Reports
export { toGitHubAnnotations, toJUnit, toMarkdown, toSarif } from './reporters/reporters.ts'
// What a consumer uses
export { checkUsage, type UsageLocation, type UsageReport, type UsageResult } from './usage/check-usage.ts'
export { type HoldsLedger, type RecordUsageOptions, recordUsage, type UsageRecording } from './usage/record-usage.ts'
export { mergeUsage, type Usage, type Use } from './usage/usage.ts'
export type { CaseResult, VerifyReport } from './verify/model/report.ts'
