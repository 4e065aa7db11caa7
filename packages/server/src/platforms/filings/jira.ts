import type { JsonObject } from '@ai-ticket-creator/domain'
import type { TicketRow } from '@ai-ticket-creator/reference-api'
import * as z from 'zod'
import type { Filing } from '../filing.ts'
import { basicAuthorization, toJsonPost } from '../requests.ts'

/**
 * Jira Cloud: the description is a document of the Atlassian Document Format.
 *
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post
 */
export const jiraFiling: Filing = {
  request: (ticket, { serverUrl, credential, optionalCredential, customFieldNames }) =>
    toJsonPost(
      `${serverUrl('url')}/rest/api/3/issue`,
      {
        fields: {
          ...toCustomFields(ticket, customFieldNames),
          project: { key: credential('project_key') },
          issuetype: { name: optionalCredential('issue_type') ?? 'Task' },
          ...toText(ticket),
        },
      },
      basicAuthorization(credential('email'), credential('api_token')),
    ),

  ticketFrom(json, ticket, { serverUrl }) {
    const { success, data } = Created.safeParse(json)
    if (!success) return undefined

    const url = `${serverUrl('url')}/browse/${data.key}`
    const response = {
      ...data,
      url,
      self: `${serverUrl('url')}/rest/api/3/issue/${data.id}`,
      project_key: data.key.slice(0, data.key.lastIndexOf('-')),
      summary: toText(ticket).summary,
    }
    return { id: data.key, url, response }
  },
}

const Created = z.object({ id: z.string().regex(/^\d{1,20}$/), key: z.string().regex(/^[A-Z]\w{0,99}-\d{1,20}$/) })

/** The custom fields that have a name on the platform. Jira refuses a ticket with a field that it does not have. */
const toCustomFields = ({ custom_fields }: TicketRow, names: JsonObject) =>
  Object.fromEntries(
    Object.entries(custom_fields ?? {}).flatMap(([field, value]) =>
      Object.hasOwn(names, field) ? [[String(names[field]), value]] : [],
    ),
  )

/** Jira refuses a longer summary, and one of several lines. */
const SUMMARY_LENGTH = 255

function toText({ title, description }: Pick<TicketRow, 'title' | 'description'>) {
  const line = title.replace(/\s+/g, ' ')
  if (line.length <= SUMMARY_LENGTH) return { summary: line, description: toDocument(description) }

  // A surrogate pair is not cut in half. The description begins with the whole title.
  const shortened = line.slice(0, SUMMARY_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')
  return { summary: `${shortened}…`, description: toDocument(`${title}\n\n${description}`) }
}

/** https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
function toDocument(text: string) {
  const paragraphs = text.split(/(?:\r?\n){2,}/).filter((paragraph) => paragraph.trim() !== '')
  return {
    type: 'doc',
    version: 1,
    content: paragraphs.map((paragraph) => ({ type: 'paragraph', content: toLines(paragraph.trim()) })),
  }
}

const toLines = (paragraph: string) =>
  paragraph.split(/\r?\n/).flatMap((text, index) => [
    ...(index === 0 ? [] : [{ type: 'hardBreak' }]),
    // A text without characters is not valid.
    ...(text === '' ? [] : [{ type: 'text', text }]),
  ])
