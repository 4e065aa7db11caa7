// docs/compatibility-with-deployed-backends.md: what the client does about each deviation of the existing backend. Every
// deviation of the profiles must appear here exactly once.
import { deviations } from '@ai-ticket-creator/reference-api'
import { replaceSection } from './section.mjs'

export const backendAnswers = {
  file: 'docs/compatibility-with-deployed-backends.md',
  render: (text) => replaceSection(text, answers.flatMap(section).join('\n').trim()),
}

const answers = [
  {
    problem: 'No generation and no capabilities in replies',
    response:
      'The client detects the generation from the fields of replies, from refusals, or from `/openapi.json`. It relies on nothing that is not announced: it does not repeat a POST by its key, sends no `If-Match`, uses no cursors, and sends complete bodies with PUT.',
    rows: ['no-generation-header', 'no-request-ids', 'no-versions', 'no-idempotency-keys', 'no-cursors'],
  },
  {
    problem: 'Error bodies of another shape',
    response:
      'The client reads status, `code` (where none is sent, the code that belongs to the status), `issues` and `retryAfter` from every shape. It drops the text of a 5xx and every echo of the request. After a 429 it waits as long as the reply says, or throws it at once with that advice.',
    rows: [
      'rate-limit-of-its-own-shape',
      'errors-without-code',
      'validation-echoes-input',
      '405-text',
      '401-texts',
      '401-text',
      'patch-404-text',
      'failures-of-routes',
      'failures-outside-of-routes',
      'missing-summary-is-a-rule-of-the-body',
    ],
  },
  {
    problem: 'Refusals of valid requests',
    response:
      'The call fails with an `ApiError` that has the status of the backend. Where the client can avoid the refusal, it does: it sends the category together with the platform, and enum values in exact case.',
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
      'only-jira-files-tickets',
      'unknown-assignee-fails',
      'failed-creation-is-400',
      'unknown-order-fails',
      'sync-always-fails',
    ],
  },
  {
    problem: 'Acceptance of invalid requests',
    response:
      'The client throws an `InvalidRequestError` before it sends anything, according to the schemas of the contract.',
    rows: [
      'fewer-limits',
      'platform-is-free-text',
      'test-types-may-be-empty',
      'put-needs-no-summary',
      'body-of-get-fails',
    ],
  },
  {
    problem: 'Fields that are accepted and not stored',
    response:
      'The client compares each write with its reply. A `SilentDropError` names the fields and has the id. `unverified` lists the fields that no reply shows: [Write verification, field by field](write-verification-field-by-field.md).',
    rows: [
      'unknown-keys-ignored',
      'unknown-and-old-keys-ignored',
      'no-enabled-in-bodies',
      'only-integration-field',
      'no-attachments-in-bodies',
      'files-are-dropped',
      'patch-ignores-fields',
      'update-takes-null',
      'internal-ticket-takes-any-integration',
      'put-takes-any-integration',
      'no-integration-id',
    ],
  },
  {
    problem: 'Secrets that cannot be confirmed',
    response:
      'An update with `credentials` or `webhook_secret` is an `UnverifiableWriteError` before it is sent, unless `allowUnverified` is set. On create they are sent and listed in `unverified`.',
    rows: [
      'update-drops-secrets',
      'update-checks-configuration',
      'empty-credentials-not-stored',
      'no-time-of-credentials',
    ],
  },
  {
    problem: 'Writes that are stored and answered with 500',
    response:
      'The client reads the stored row. If it shows everything that was sent, the call succeeds. If it shows a part, the `SilentDropError` names the other fields. If it shows nothing, the `ApiError` is thrown. Nothing is written twice.',
    rows: ['update-fails-after-saving', 'attachments-fail-after-saving', 'attachments-by-file-ids'],
  },
  {
    problem: 'Status that does not follow `enabled`',
    response:
      'The client sends `enabled` with the status call, after the other fields and only if it differs, and also after a create that ignored it. It accepts every pair of status and `enabled`, and returns the resulting status: [Integration status](integration-status.md).',
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
    problem: 'Missing routes',
    response:
      'The client uses another route where there is one: PATCH of the ticket for the retired routes, the list by status for `listActive`. Else it throws the `ApiError` with status 404.',
    rows: [
      'active-is-shadowed',
      'removed-ticket-routes',
      'no-attachment-routes',
      'tickets-without-token',
      'absolute-redirects',
    ],
  },
  {
    problem: 'Updates that clear too much or too little',
    response:
      '`tickets.update` reads, merges, and writes everything that PUT would clear; `replace` lists it in `cleared`. A `null` that was not applied is a `SilentDropError`. Texts that are too long for PATCH are sent by PUT: [Changing tickets](changing-tickets.md).',
    rows: [
      'put-leaves-null-alone',
      'put-wipes',
      'patch-drops-nulls',
      'patch-has-tighter-limits',
      'put-sets-no-times',
      'patch-sets-no-times',
    ],
  },
  {
    problem: 'Filters that are ignored',
    response:
      'The client filters the rows itself, in order, up to `scanLimit` rows. If the rows do not show the field, or there are too many rows, it throws a `FilterNotSupportedError`. Names are compared exactly, whatever the wildcards of the backend match: [Paging and filters](paging-and-filters.md).',
    rows: [
      'no-platform-filter',
      'name-filter-has-wildcards',
      'q-has-wildcards',
      'filters-in-a-body',
      'integration-filter-ignored',
      'filters-without-effect',
      'not-overdue-is-no-filter',
    ],
  },
  {
    problem: 'Rows without a stable order',
    response:
      'Rows with equal sort keys may repeat or be missing over pages. Sort by `created_at` where every row counts: [Paging and filters](paging-and-filters.md).',
    rows: ['integrations-without-stable-order', 'tickets-without-stable-order'],
  },
  {
    problem: 'Data of other organizations',
    response:
      'The client passes the reply on. Do not rely on these numbers and lists: [Response validation](response-validation.md).',
    rows: ['statistics-of-all-organizations', 'attachments-of-any-organization'],
  },
  {
    problem: 'Lost answers of a platform',
    response:
      'The backend reports a failure and removes the ticket, although the platform may have created it. The client cannot see more and throws an `ApiError`. Check the platform before you send the ticket again.',
    rows: ['lost-answer-is-a-failure'],
  },
  {
    problem: 'Replies with fewer or other fields',
    response:
      'The client accepts them. It returns old names as new ones, gives listed files a `file_id`, ignores a null `integration_routing` that is sent back, and derives `enabled` from the status where that is possible. `onDrift` reports once what does not match the contract.',
    rows: [
      'no-enabled-in-replies',
      'no-descriptions-in-lists',
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
  throw new Error(`scripts/docs/compatibility.mjs must list each deviation once: ${unanswered}; unknown: ${gone}`)

function section({ problem, response, rows }) {
  const listed = deviations.filter(({ id }) => rows.includes(id))
  return [`## ${problem}`, '', response, '', ...listed.map(({ id, summary }) => `- \`${id}\`: ${summary}`), '']
}
