import type { IntegrationRow, TicketRow } from '@ai-ticket-creator/reference-api'
import { ID } from './platform-examples.ts'

export interface FilingExample {
  readonly integration: Partial<IntegrationRow>
  readonly ticket: Partial<TicketRow>
  /** The request that the vendor documents. */
  readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: object }
  /** A reply as the vendor documents it. */
  readonly reply: { readonly status: number; readonly body: string }
  readonly filed: { readonly id: string; readonly url: string | null; readonly response?: object }
  /** The outcome of a reply with a 2xx status and a body that is not documented. */
  readonly malformed: object
}

/** A ticket on each platform where tickets are filed, and what its vendor documents. */
export const filingExamples = {
  jira: {
    integration: {
      base_url: 'https://acme.atlassian.net/',
      credentials: { email: 'a@acme.test', api_token: 'jira-secret', project_key: 'ED' },
    },
    ticket: { title: 'Order entry fails', description: 'When selecting shipping method.' },
    request: {
      url: 'https://acme.atlassian.net/rest/api/3/issue',
      headers: {
        authorization: `Basic ${Buffer.from('a@acme.test:jira-secret').toString('base64')}`,
        'content-type': 'application/json',
      },
      body: {
        fields: {
          project: { key: 'ED' },
          issuetype: { name: 'Task' },
          summary: 'Order entry fails',
          description: {
            type: 'doc',
            version: 1,
            content: [{ type: 'paragraph', content: [{ type: 'text', text: 'When selecting shipping method.' }] }],
          },
        },
      },
    },
    reply: {
      status: 201,
      body: '{"id":"10000","key":"ED-24","self":"https://acme.atlassian.net/rest/api/3/issue/10000"}',
    },
    filed: {
      id: 'ED-24',
      url: 'https://acme.atlassian.net/browse/ED-24',
      response: {
        id: '10000',
        key: 'ED-24',
        url: 'https://acme.atlassian.net/browse/ED-24',
        self: 'https://acme.atlassian.net/rest/api/3/issue/10000',
        project_key: 'ED',
        summary: 'Order entry fails',
      },
    },
    malformed: { outcome: 'unknown' },
  },
  webhook: {
    integration: {
      auth_type: 'bearer',
      credentials: { url: 'https://hooks.acme.test/in?team=1', token: 'hook-token' },
      webhook_secret: 'hook-secret',
    },
    ticket: { title: 'Order entry fails', description: 'When selecting shipping method.', custom_fields: { floor: 3 } },
    request: {
      url: 'https://hooks.acme.test/in?team=1',
      headers: {
        authorization: 'Bearer hook-token',
        'content-type': 'application/json',
        'webhook-id': ID,
        'webhook-timestamp': '1767323045',
      },
      body: {
        type: 'ticket.created',
        timestamp: '2026-01-02T03:04:05.000Z',
        data: {
          id: ID,
          title: 'Order entry fails',
          description: 'When selecting shipping method.',
          category: 'general',
          subcategory: null,
          priority: 'medium',
          urgency: 'medium',
          department: null,
          source_channel: 'web',
          due_date: null,
          custom_fields: { floor: 3 },
          created_at: '2026-01-02T03:04:05.000000Z',
        },
      },
    },
    reply: { status: 202, body: '{"id":7,"url":"https://desk.acme.test/7"}' },
    filed: { id: '7', url: 'https://desk.acme.test/7' },
    // Standard Webhooks: a 2xx status is an acceptance, whatever the body is.
    malformed: { outcome: 'created', id: ID, url: null },
  },
} satisfies Record<string, FilingExample>
