// docs/compatibility-with-deployed-backends.md: what the client does about each habit of existing backends. The habits are the rows of the profiles,
// and each has its answer here: a new one is asked for, and one that is gone is refused.
import { deviations } from '@ai-ticket-creator/reference-api'
import { replaceSection } from './section.mjs'

export const backendAnswers = {
  file: 'docs/compatibility-with-deployed-backends.md',
  render: (text) => replaceSection(text, answers.flatMap(section).join('\n').trim()),
}

const answers = [
  {
    when: 'does not say what it is, or what it can do',
    does: 'The generation is learned from the fields of replies, from refusals, or from `/openapi.json`. Nothing is relied on that is not announced: no repeat of a POST by its key, no condition, no cursor, no sparing PUT.',
    rows: ['no-word-of-generation', 'no-request-ids', 'no-versions', 'no-idempotency-keys', 'no-cursors'],
  },
  {
    when: 'answers with errors of its own shape',
    does: 'Status, `code` (that of the status where it is clear), `issues` and `retryAfter` are read from every shape. Of a 5xx no text is kept; what is echoed of the request is left out; a 429 is waited for as it says, or thrown at once with its advice.',
    rows: [
      'rate-limit-of-its-own-shape',
      'errors-without-code',
      'validation-echoes-input',
      'one-text-for-methods',
      'texts-of-401',
      'one-text-for-401',
      'patch-404-text',
      'failures-of-routes',
      'failures-outside-of-routes',
      'missing-summary-is-a-rule-of-the-body',
    ],
  },
  {
    when: 'refuses what ours takes, with another status or earlier',
    does: 'An `ApiError` with the status of the backend. What the client can know before, it sends in a form that is taken: the category with the platform, words in exact case.',
    rows: [
      'types-in-exact-case',
      'category-required',
      'credentials-required',
      'credentials-by-auth-type',
      'credentials-by-auth-type-without-exception',
      'credentials-by-platform',
      'credentials-by-platform-with-jira-url',
      'long-columns-fail',
      'activate-only-from-pending',
      'fields-of-jira-only',
      'priority-not-null',
      'bad-attachments-fail',
      'unusable-integration-is-400',
      'usable-means-enabled',
      'only-jira-takes-tickets',
      'unknown-assignee-fails',
      'failed-creation-is-400',
      'unknown-order-fails',
      'sync-always-fails',
    ],
  },
  {
    when: 'takes what ours refuses',
    does: 'An `InvalidRequestError` before anything is sent, as the schemas say; names of platforms and categories, test types and keys are checked here.',
    rows: [
      'fewer-limits',
      'platform-is-free-text',
      'test-types-may-be-empty',
      'put-needs-no-summary',
      'body-of-get-fails',
    ],
  },
  {
    when: 'takes a field and keeps nothing of it',
    does: 'Each write is held against its reply: a `SilentDropError` names the field, and has the id. Of what no reply shows, `unverified` tells. See [the table](write-verification-field-by-field.md).',
    rows: [
      'unknown-keys-ignored',
      'unknown-and-old-keys-ignored',
      'no-enabled-in-bodies',
      'one-word-for-the-integration',
      'no-attachments-in-bodies',
      'files-are-dropped',
      'patch-forgets',
      'update-takes-null',
      'internal-ticket-takes-any-integration',
      'put-takes-any-integration',
      'no-integration-id',
    ],
  },
  {
    when: 'takes secrets and does not say whether it kept them',
    does: 'An update with `credentials` or `webhook_secret` is an `UnverifiableWriteError` before it is sent, unless `allowUnverified`. On create they are sent, and are in `unverified`.',
    rows: [
      'update-drops-secrets',
      'update-checks-configuration',
      'empty-credentials-not-kept',
      'no-time-of-credentials',
    ],
  },
  {
    when: 'saves, and then answers 500',
    does: 'What is stored is read before anything else. If all that was sent is there, the call has succeeded; else the `ApiError` is thrown. Nothing is written a second time.',
    rows: ['update-fails-after-saving', 'attachments-fail-after-saving'],
  },
  {
    when: 'moves the status otherwise, or not at all',
    does: '`enabled` goes by the call for the status, after the rest; where a create did not keep it, too. Every pair of status and `enabled` is read as it comes, and the status that came of it is in the result.',
    rows: [
      'create-is-pending',
      'update-moves-no-status',
      'status-call-without-enabled',
      'enabling-is-not-activating',
      'status-set-directly',
      'test-moves-pending-only',
      'no-checks-by-themselves',
      'old-errors-are-cleaned-up',
      'failures-count-alike',
    ],
  },
  {
    when: 'lacks a route, or has it shadowed',
    does: 'Another one is used where there is one: PATCH of the ticket for the retired routes, the list by status for `listActive`. Else the `ApiError` with 404 is thrown.',
    rows: ['active-is-shadowed', 'removed-ticket-routes', 'no-attachment-routes', 'tickets-without-token'],
  },
  {
    when: 'clears too much, or too little',
    does: '`tickets.update` reads, merges and writes all that PUT would clear; `replace` lists it in `cleared`. A `null` that was not taken is a `SilentDropError`. What PATCH has no length for goes by PUT.',
    rows: ['put-leaves-null-alone', 'put-wipes', 'patch-drops-nulls', 'patch-has-tighter-limits', 'put-sets-no-times'],
  },
  {
    when: 'ignores a filter',
    does: 'It is applied again here, in order, up to `scanLimit` rows; if the rows do not show it, or there are too many, `FilterNotSupportedError`. Names are compared exactly, whatever the wildcards of the backend match.',
    rows: [
      'no-platform-filter',
      'name-filter-has-wildcards',
      'filters-in-a-body',
      'integration-filter-ignored',
      'filters-without-effect',
      'not-overdue-is-no-filter',
    ],
  },
  {
    when: 'does not know what became of a ticket on its platform',
    does: 'Such a backend says that it failed, and takes the ticket away. The client can not see more: an `ApiError`. Look on the platform before you send it again.',
    rows: ['lost-answer-is-a-failure'],
  },
  {
    when: 'shows less, or in other words',
    does: 'Replies are read openly: old names are given as new ones, files that are listed have their `file_id`, a null `integration_routing` that is sent back beside another word says nothing, `enabled` is derived from the status where that tells it, and is undefined elsewhere. What does not fit the contract is told to `onDrift` once.',
    rows: [
      'no-enabled-in-replies',
      'test-of-jira-only',
      'test-reply-is-sparse',
      'test-data-for-new-tickets-only',
      'test-data-for-projects-and-new-tickets-only',
      'response-of-jira',
      'attachments-as-files',
      'older-form-of-replies',
      'empty-routing',
      'files-never-null',
      'result-on-create-only',
      'result-without-platform',
      'result-with-name',
      'never-overdue',
      'no-analysis-on-tickets',
      'short-items',
      'averages-always-null',
    ],
  },
]

const answered = answers.flatMap(({ rows }) => rows)
const unanswered = deviations.filter(({ id }) => answered.filter((row) => row === id).length !== 1).map(({ id }) => id)
const gone = answered.filter((row) => !deviations.some(({ id }) => id === row))
if (unanswered.length + gone.length > 0)
  throw new Error(`scripts/docs/compatibility.mjs has to answer once: ${unanswered}; no such rows: ${gone}`)

function section({ when, does, rows }) {
  const habits = deviations.filter(({ id }) => rows.includes(id))
  return [`## … ${when}`, '', does, '', ...habits.map(({ id, summary }) => `- \`${id}\`: ${summary}`), '']
}
