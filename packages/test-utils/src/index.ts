export { type TestClock, testClock } from './clock.ts'
export { createTestApi, type TestApi, type TestApiOptions } from './create-test-api.ts'
export { TestApiError } from './errors.ts'
// Faults
export { answerHtml, failWith, flipGeneration, limitRate, oddRetryAfters, type RateLimit } from './faults/answer.ts'
export { answerSlowly, loseAnswer, resetConnection, type Waits } from './faults/connection.ts'
export type { Fault, FaultyExchange } from './faults/fault.ts'
export type { AddedFault, FaultEntry, FaultRule, Faults } from './faults/faults.ts'
export { sendUnknownField, sendUnknownWord, stripHeaders, truncateBody } from './faults/spoil.ts'
export type { Fetch } from './fetch.ts'
// Fixtures
export { aLegacyIntegration, aLegacyTicket, anIntegration, aTicket, aUser } from './fixtures/entities.ts'
export {
  aLegacyIntegrationInput,
  aLegacyTicketInput,
  anIntegrationInput,
  aTicketInput,
  type IntegrationInput,
  type IntegrationInputFields,
  type LegacyIntegrationInput,
} from './fixtures/inputs.ts'
// Reports
export { toGitHubAnnotations, toJUnit, toMarkdown, toSarif } from './formats/formats.ts'
export type { Given } from './given.ts'
export type { RecordedRequest } from './record.ts'
// What a consumer uses
export { checkUsage, type UsageLocation, type UsageReport, type UsageResult } from './usage/check-usage.ts'
export { type HoldsLedger, type RecordUsageOptions, recordUsage, type UsageRecording } from './usage/record-usage.ts'
export { mergeUsage, type Usage, type Use } from './usage/usage.ts'
export type { CaseResult, VerifyReport } from './verify/report.ts'
