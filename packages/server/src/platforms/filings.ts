import { PLATFORMS, type Platform } from '@ai-ticket-creator/domain'
import type { Filing } from './filing.ts'
import { jiraFiling } from './filings/jira.ts'
import { webhookFiling } from './filings/webhook.ts'

/** The platforms on which tickets are filed. To support another one, add its file in `filings` and its row here. */
export const filings: Readonly<Partial<Record<Platform, Filing>>> = {
  jira: jiraFiling,
  webhook: webhookFiling,
}

/** The platforms on which tickets are filed. */
export const SUPPORTED: readonly Platform[] = PLATFORMS.filter((platform) => platform in filings)
