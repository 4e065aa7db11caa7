import type {
  ActiveIntegration,
  DeletedIntegration,
  IntegrationActivation,
  IntegrationFieldList,
  IntegrationSyncResult,
  IntegrationTestResult,
} from '@ai-ticket-creator/domain'
import type { CallContext, ClientContext } from '../../core/call-context.ts'
import { createCaller } from '../../core/create-caller.ts'
import type { RequestOptions } from '../../core/options.ts'
import { withoutOwnOptions } from '../../core/request-options.ts'
import type { Result, WithResponse } from '../../core/result.ts'
import { toList } from '../../pagination/list.ts'
import type { ListOptions } from '../../pagination/page.ts'
import { request } from '../../request.ts'
import type { MethodsOf } from '../contract-methods.ts'
import { parseFilters, parseInput } from '../parse-input.ts'
import type { IntegrationSummary } from '../result-types.ts'
import { createIntegration } from './create.ts'
import { findByName } from './find-by-name.ts'
import type { Integrations, StatusOptions } from './integrations.ts'
import { listActive } from './list-active.ts'
import type { Lookup } from '../../legacy/names/name-lookup.ts'
import { retrieveIntegration } from './retrieve.ts'
import { setStatus } from './set-status.ts'
import { updateIntegration } from './update.ts'

// Long because it lists all methods, most of them one line.
export function createIntegrations(client: ClientContext, lookup: Lookup) {
  const read = createCaller(client)

  // A write may have renamed an integration, so the remembered names are dropped.
  const write = <T>(options: RequestOptions, work: (call: CallContext) => Promise<WithResponse<T>>): Result<T> =>
    read(options, (call) => work(call).finally(() => lookup.clear()))

  return {
    create: (input: unknown, options: RequestOptions = {}) => write(options, (call) => createIntegration(call, input)),

    retrieve: (id: string, options: RequestOptions = {}) => read(options, (call) => retrieveIntegration(call, id)),

    list: (filters: object = {}, options: ListOptions = {}) =>
      toList<IntegrationSummary>({
        client,
        endpointId: 'integrations.list',
        options,
        readQuery: async () => {
          const { body } = parseFilters('integrations.list', filters)
          const { offset = 0, limit = 20, ...rest } = body as { offset?: number; limit?: number }
          return { filters: rest, start: offset, size: limit }
        },
      }),

    update: (id: string, changes: unknown, options: RequestOptions = {}) =>
      write(options, (call) => updateIntegration(call, id, changes)),

    delete: (id: string, options: RequestOptions = {}) =>
      write(options, (call) =>
        request<DeletedIntegration>(call, 'integrations.delete', { params: { integration_id: id } }),
      ),

    enable: (id: string, options: StatusOptions = {}) =>
      write(withoutOwnOptions(options, ['reason']), (call) =>
        setStatus(call, id, { enabled: true, reason: options.reason }),
      ),

    disable: (id: string, options: StatusOptions = {}) =>
      write(withoutOwnOptions(options, ['reason']), (call) =>
        setStatus(call, id, { enabled: false, reason: options.reason }),
      ),

    test: (id: string, input: unknown = {}, options: RequestOptions = {}) =>
      write<IntegrationTestResult>(options, async (call) => {
        const { body } = parseInput('integrations.test', input)
        return request(call, 'integrations.test', { params: { integration_id: id }, body })
      }),

    sync: (id: string, input: unknown, options: RequestOptions = {}) =>
      write<IntegrationSyncResult>(options, async (call) => {
        const { body } = parseInput('integrations.sync', input)
        return request(call, 'integrations.sync', { params: { integration_id: id }, body })
      }),

    activate: (id: string, options: RequestOptions = {}) =>
      write<IntegrationActivation>(options, (call) =>
        request(call, 'integrations.activate', { params: { integration_id: id } }),
      ),

    listActive: (filters: object = {}, options: RequestOptions = {}) =>
      read<ActiveIntegration[]>(options, async (call) => {
        const { body } = parseFilters('integrations.listActive', filters)
        return listActive(call, body)
      }),

    fields: (id: string, filters: object = {}, options: RequestOptions = {}) =>
      read<IntegrationFieldList>(options, async (call) => {
        const { body } = parseFilters('integrations.fields', filters)
        return request(call, 'integrations.fields', { params: { integration_id: id }, query: body })
      }),

    findByName: (name: string, options: RequestOptions = {}) => read(options, (call) => findByName(call, name)),
  } satisfies Integrations & MethodsOf<'integrations'>
}
