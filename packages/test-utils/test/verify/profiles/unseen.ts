import type { Profile } from '@ai-ticket-creator/reference-api'

/** A row that changes no case, and why. */
interface Unseen {
  readonly why: string
  /** Only there. Default: wherever the row is. */
  readonly profiles?: readonly Profile[]
}

/** Rows that no case sees; those that are not reproduced say so themselves. */
export const unseen: Readonly<Record<string, Unseen>> = {
  'rate-limit-of-its-own-shape': {
    why: 'How many calls are too many is for a deployment to say, and nothing is limited here.',
  },
  'failures-of-routes': { why: 'It is about how a service fails, and no case makes it fail.' },
  'failures-outside-of-routes': { why: 'It is about how a service fails, and no case makes it fail.' },
  'empty-credentials-not-stored': { why: 'No reply shows credentials, so nobody sees which were kept.' },
  'test-of-jira-only': {
    why: 'Whether a test passes is for the platform to say, so no case asks that one does which is not jira.',
  },
  'test-data-for-new-tickets-only': { why: 'What a test does with `test_data` is seen at the platform only.' },
  'test-data-for-projects-and-new-tickets-only': {
    why: 'What a test does with `test_data` is seen at the platform only.',
  },
  'no-checks-by-themselves': { why: 'A check that is due runs in its own time, and no case waits for it.' },
  'usable-means-enabled': {
    why: 'It takes an integration that is active and not enabled; alone, no route leads there.',
  },
  'only-jira-files-tickets': { why: 'A platform that is there may refuse, so the cases file tickets with jira alone.' },
  'lost-answer-is-a-failure': { why: 'Only a platform can leave a ticket unanswered, and none does.' },
  'failures-count-alike': { why: 'Only a platform can refuse a ticket, and none does.' },
  'failed-creation-is-400': { why: 'Only a platform can refuse a ticket, and none does.' },
  'response-of-jira': { why: '`response` holds what a platform said, whatever that is.' },
  'put-takes-any-integration': {
    why: 'The legacy wire names the integration, and a name that means no usable one is refused before.',
    profiles: ['existing-legacy'],
  },
  'empty-routing': {
    why: 'The legacy wire knows the field, so that a reply which has it can be sent back.',
    profiles: ['existing-legacy'],
  },
  'never-overdue': {
    why: 'A due date is set by PATCH, which the legacy wire does not have.',
    profiles: ['existing-legacy'],
  },
  'not-overdue-is-no-filter': {
    why: 'A due date is set by PATCH, which the legacy wire does not have; without one nothing is overdue.',
    profiles: ['existing-legacy'],
  },
}
