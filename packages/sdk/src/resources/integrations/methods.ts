import type {
  ActiveIntegration,
  DeletedIntegration,
  IntegrationActivation,
  IntegrationFieldList,
  IntegrationSyncResult,
  IntegrationTestResult,
} from '@ai-ticket-creator/domain'
import type { ClientContext } from '../../core/call-context.ts'
import type { RequestOptions } from '../../core/options.ts'
import { withoutOwnOptions } from '../../core/request-options.ts'
import { createCaller } from '../../core/run-call.ts'
import { toList } from '../../pagination/list.ts'
import type { ListOptions } from '../../pagination/page.ts'
import { request } from '../../request.ts'
import type { MethodsOf } from '../contract-methods.ts'
import { parseFilters, parseInput } from '../parse-input.ts'
import type { IntegrationSummary } from '../result-types.ts'
import { createIntegration } from './create.ts'
import { findByName } from './find-by-name.ts'
import type { CurrentIntegrations, StatusOptions } from './integrations.ts'
import { listActive } from './list-active.ts'
import { retrieveIntegration } from './retrieve.ts'
import { setStatus } from './set-status.ts'
import { updateIntegration } from './update.ts'

// Long because it lists all methods, most of them one line.
export function createIntegrations(client: ClientContext) {
  const run = createCaller(client)

  return {
    create: (input: unknown, options: RequestOptions = {}) => run(options, (call) => createIntegration(call, input)),

    retrieve: (id: string, options: RequestOptions = {}) => run(options, (call) => retrieveIntegration(call, id)),

    list: (filters: object = {}, options: ListOptions = {}) =>
      toList<IntegrationSummary>({
        client,
        endpointId: 'integrations.list',
        options,
        readQuery: async (call) => {
          const { body } = parseFilters(call, 'integrations.list', filters)
          const { offset = 0, limit = 20, ...rest } = body as { offset?: number; limit?: number }
          return { filters: rest, start: offset, size: limit }
        },
      }),

    update: (id: string, changes: unknown, options: RequestOptions = {}) =>
      run(options, (call) => updateIntegration(call, id, changes)),

    delete: (id: string, options: RequestOptions = {}) =>
      run(options, (call) =>
        request<DeletedIntegration>(call, 'integrations.delete', { params: { integration_id: id } }),
      ),

    enable: (id: string, options: StatusOptions = {}) =>
      run(withoutOwnOptions(options, ['reason']), (call) =>
        setStatus(call, id, { enabled: true, reason: options.reason }),
      ),

    disable: (id: string, options: StatusOptions = {}) =>
      run(withoutOwnOptions(options, ['reason']), (call) =>
        setStatus(call, id, { enabled: false, reason: options.reason }),
      ),

    test: (id: string, input: unknown = {}, options: RequestOptions = {}) =>
      run<IntegrationTestResult>(options, async (call) => {
        const { body } = parseInput(call, 'integrations.test', input)
        return request(call, 'integrations.test', { params: { integration_id: id }, body })
      }),

    sync: (id: string, input: unknown, options: RequestOptions = {}) =>
      run<IntegrationSyncResult>(options, async (call) => {
        const { body } = parseInput(call, 'integrations.sync', input)
        return request(call, 'integrations.sync', { params: { integration_id: id }, body })
      }),

    activate: (id: string, options: RequestOptions = {}) =>
      run<IntegrationActivation>(options, (call) =>
        request(call, 'integrations.activate', { params: { integration_id: id } }),
      ),

    listActive: (filters: object = {}, options: RequestOptions = {}) =>
      run<ActiveIntegration[]>(options, async (call) => {
        const { body } = parseFilters(call, 'integrations.listActive', filters)
        return listActive(call, body)
      }),

    fields: (id: string, filters: object = {}, options: RequestOptions = {}) =>
      run<IntegrationFieldList>(options, async (call) => {
        const { body } = parseFilters(call, 'integrations.fields', filters)
        return request(call, 'integrations.fields', { params: { integration_id: id }, query: body })
      }),

    findByName: (name: string, options: RequestOptions = {}) => run(options, (call) => findByName(call, name)),
  } satisfies CurrentIntegrations & MethodsOf<'integrations'>
}
