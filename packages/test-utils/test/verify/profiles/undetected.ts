import type { Profile } from '@ai-ticket-creator/reference-api'

/** Why a deviation changes the outcome of no case. */
interface Undetected {
  readonly reason: string
  /** Default: all profiles that have the deviation. */
  readonly profiles?: readonly Profile[]
}

/** The reasons why no case detects some of the deviations that the profiles reproduce. */
export const undetected: Readonly<Record<string, Undetected>> = {
  'rate-limit-of-its-own-shape': { reason: 'The deployment sets the rate limit; these backends have none.' },
  'failures-of-routes': { reason: 'It is about failures of the service, and no case causes one.' },
  'failures-outside-of-routes': { reason: 'It is about failures of the service, and no case causes one.' },
  'no-head': { reason: 'The contract has no HEAD, and no case sends one.' },
  'dates-as-times': { reason: 'The contract does not describe dates without a time, and no case sends one.' },
  'other-forms-of-ids': { reason: 'No case sends an id without hyphens or in braces.' },
  'types-of-its-own': { reason: 'No case reads the type of an issue.' },
  'context-of-items': { reason: 'The contract allows further members of an issue.' },
  'bodies-before-rows': { reason: 'No case sends an invalid body for a row that does not exist.' },
  'empty-credentials-not-stored': { reason: 'No reply shows credentials.' },
  'test-of-jira-only': {
    reason: 'The platform decides whether a test passes; no case expects a test of a platform other than jira to pass.',
  },
  'test-data-for-new-tickets-only': { reason: 'Only the platform can observe what a test does with `test_data`.' },
  'test-data-for-projects-and-new-tickets-only': {
    reason: 'Only the platform can observe what a test does with `test_data`.',
  },
  'no-checks-by-themselves': { reason: 'Due checks run later, and no case waits for one.' },
  'usable-means-enabled': {
    reason: 'It needs an active integration that is not enabled; no request creates one without another deviation.',
  },
  'only-jira-files-tickets': { reason: 'A real platform may reject a ticket, so the cases file tickets on jira only.' },
  'lost-answer-is-a-failure': { reason: 'Only a platform can fail to answer, and the simulated one always answers.' },
  'failures-count-alike': { reason: 'Only a platform can reject a ticket, and the simulated one rejects none.' },
  'failed-creation-is-400': { reason: 'Only a platform can reject a ticket, and the simulated one rejects none.' },
  'response-of-jira': { reason: 'The contract does not restrict `response`, which comes from the platform.' },
  'put-takes-any-integration': {
    reason: 'A legacy request names the integration, and the name of an unusable one is refused earlier.',
    profiles: ['existing-legacy'],
  },
  'absolute-redirects': { reason: 'Both forms of `Location` are valid, and a client follows either.' },
  'no-descriptions-in-lists': { reason: 'No case lists integrations that it created with a description.' },
  'empty-routing': {
    reason: 'Legacy requests have this field, so a reply with it can be sent back.',
    profiles: ['existing-legacy'],
  },
  'never-overdue': { reason: 'Only PATCH sets a due date, and legacy has no PATCH.', profiles: ['existing-legacy'] },
  'not-overdue-is-no-filter': {
    reason: 'Only PATCH sets a due date, and legacy has no PATCH; without a due date no ticket is overdue.',
    profiles: ['existing-legacy'],
  },
}
