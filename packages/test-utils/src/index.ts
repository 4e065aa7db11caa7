// The mock

export { type TestClock, testClock } from './core/clock.ts'
export { TestApiError } from './core/errors.ts'
export type { Fetch } from './core/fetch.ts'
export { createRandom, type Random } from './core/random.ts'
export { createTestApi, type TestApi, type TestApiOptions } from './mock/create-test-api.ts'
export type { RecordedRequest } from './mock/recording/recorded-request.ts'
export type { SeedApi } from './mock/seed.ts'

// Faults

export { connectionReset, delayResponse, dropResponse, type Sleeper } from './mock/faults/connection.ts'
export { stripHeaders, truncateJson, unknownEnumValue, unknownField } from './mock/faults/corrupt-response.ts'
export { errorResponse, htmlResponse, switchGeneration } from './mock/faults/error-responses.ts'
export type { Fault, FaultContext } from './mock/faults/fault.ts'
export type { FaultEntry, FaultHandle, FaultRule, Faults } from './mock/faults/fault-registry.ts'
export { type RateLimit, type RetryAfterEdgeCase, rateLimited } from './mock/faults/rate-limit.ts'

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
export type { Overrides } from './mock/fixtures/rows.ts'

// The API usage of a consumer

export { checkUsage } from './usage/check-usage.ts'
export { type LedgerSource, type RecordUsageOptions, recordUsage, type UsageRecording } from './usage/record-usage.ts'
export { mergeUsage, type Usage, type UsageEntry } from './usage/usage.ts'
export type { UsageLocation, UsageReport, UsageResult } from './usage/usage-report.ts'

// Reports. `verifyContract` is in `@ai-ticket-creator/test-utils/verify`.

export { toGitHubAnnotations, toJUnit, toMarkdown, toSarif } from './reporters/reporters.ts'
export type { CaseResult, UndeletedResource, VerifyReport } from './verify/model/report.ts'
