import {
  type ActiveIntegration,
  type AuthType,
  type CreateIntegration,
  type DeletedIntegration,
  type IntegrationActivation,
  type IntegrationFieldList,
  type IntegrationSyncResult,
  type IntegrationTestResult,
  type JsonObject,
  type LegacyCreateIntegration,
  type ListIntegrationFields,
  resolveIntegrationName,
  type SyncIntegration,
  type TestIntegration,
  UpdateIntegration as UpdateSchema,
} from '@ai-ticket-creator/domain'
import { fieldsOf } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../../core/context.ts'
import type { RequestOptions } from '../../core/options.ts'
import { type Result, toResult, type WithResponse } from '../../core/result.ts'
import { runCall } from '../../core/run-call.ts'
import type { Settings } from '../../core/settings.ts'
import { isInvalidRequestError } from '../../errors/guards.ts'
import { ResponseMismatchError } from '../../errors/response-mismatch-error.ts'
import { type ListOptions, type ListResult, toList } from '../../pagination/page.ts'
import { request } from '../../request.ts'
import { assertCredentialsStored, readBeforeCredentialWrite } from '../../verification/check-credentials.ts'
import type { MethodsOf } from '../contract-methods.ts'
import { type ParsedInput, parseFilters, parseInput } from '../parse-input.ts'
import type {
  ActiveIntegrationOf,
  ClientConfig,
  Integration,
  IntegrationFieldListOf,
  IntegrationOf,
  IntegrationSummary,
  IntegrationSummaryOf,
  LegacyListActiveIntegrations,
  LegacyListIntegrations,
  LegacyUpdateIntegration,
  ListActiveIntegrations,
  ListIntegrations,
  UpdateIntegration,
} from '../types.ts'
import { listActive } from './list-active.ts'
import { type Lookup, listNamed, unwrap } from './name-lookup.ts'

/**
 * The integrations of the caller's organization.
 *
 * Every method can fail with an `ApiError`, a `ConnectionError`, a `TimeoutError` or a `ResponseMismatchError`; what it
 * throws besides is said with it.
 */
export interface Integrations<C extends ClientConfig = ClientConfig> {
  /**
   * Creates an integration. With `enabled: false` it is disabled by a second call where the backend needs one. When that
   * fails, the error has `created`, the id: creating it once more would make two of them.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws OutcomeUnknownError when nobody knows whether it was created.
   */
  create<const A extends AuthType = 'api_key'>(
    input: CreateIntegration<A>,
    options?: RequestOptions,
  ): Result<IntegrationOf<C>>
  /** @deprecated `integration_type` is now `platform_name`, `is_enabled` is `enabled`. */
  create<const A extends AuthType = 'api_key'>(
    input: LegacyCreateIntegration<A>,
    options?: RequestOptions,
  ): Result<IntegrationOf<C>>

  /** One integration with all its settings. */
  retrieve(id: string, options?: RequestOptions): Result<IntegrationOf<C>>

  /**
   * Integrations, newest first unless sorted otherwise; 20 a page unless `limit` says otherwise.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws FilterNotSupportedError when neither the backend nor the client can apply a filter.
   */
  list(filters?: ListIntegrations, options?: ListOptions): ListResult<IntegrationSummaryOf<C>>
  /** @deprecated `integration_type` is now `platform_name`, `is_enabled` is `enabled`. */
  list(filters: LegacyListIntegrations, options?: ListOptions): ListResult<IntegrationSummaryOf<C>>

  /**
   * Changes some fields. `enabled` is changed by a call of its own, after the others. A retrieved integration can be
   * sent back: what can not be changed is compared by the backend, what moves by itself is left out. When the second
   * call fails, the error has `applied`: what is written.
   *
   * @throws InvalidRequestError before anything is written.
   */
  update(id: string, changes: UpdateIntegration, options?: RequestOptions): Result<IntegrationOf<C>>
  /** @deprecated `is_enabled` is now `enabled`. */
  update(id: string, changes: LegacyUpdateIntegration, options?: RequestOptions): Result<IntegrationOf<C>>

  /** Deletes an integration; tickets that were filed with it stay. */
  delete(id: string, options?: RequestOptions): Result<DeletedIntegration>

  /** Lets tickets be filed with it; its status follows. */
  enable(id: string, options?: StatusOptions): Result<IntegrationOf<C>>

  /** Stops tickets from being filed with it; its status follows. */
  disable(id: string, options?: StatusOptions): Result<IntegrationOf<C>>

  /**
   * Tries the connection. A test that fails is a result with `success: false`; one that passes activates a pending
   * integration, unless `auto_activate_on_success` is false.
   *
   * @throws InvalidRequestError before anything is sent.
   */
  test(id: string, input?: TestIntegration, options?: RequestOptions): Result<IntegrationTestResult>

  /**
   * Synchronises with the platform.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws ApiError with the code `not_supported` when the platform has nothing to synchronise.
   */
  sync(id: string, input: SyncIntegration, options?: RequestOptions): Result<IntegrationSyncResult>

  /** Lets tickets be filed with it, like `enable`, and tells how its status moved. */
  activate(id: string, options?: RequestOptions): Result<IntegrationActivation>

  /**
   * All integrations that tickets can be filed with now. Where the backend can not answer this, they are read from the
   * list, and one by one.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws FilterNotSupportedError when neither the backend nor the client can apply a filter.
   */
  listActive(filters?: ListActiveIntegrations, options?: RequestOptions): Result<ActiveIntegrationOf<C>[]>
  /** @deprecated `integration_type` is now `platform_name`. */
  listActive(filters: LegacyListActiveIntegrations, options?: RequestOptions): Result<ActiveIntegrationOf<C>[]>

  /**
   * The fields that tickets have on the platform.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws ApiError with the code `not_supported` when the platform does not tell.
   */
  fields(id: string, filters?: ListIntegrationFields, options?: RequestOptions): Result<IntegrationFieldListOf<C>>

  /**
   * The one integration with exactly this name, whether it can be used or not.
   *
   * @throws IntegrationNotFoundError
   * @throws AmbiguousIntegrationError with the candidates: names are not unique.
   */
  findByName(name: string, options?: RequestOptions): Result<IntegrationSummaryOf<C>>
}

/** What `enable` and `disable` take as their last argument. */
export interface StatusOptions extends RequestOptions {
  /** Kept as the last error message when disabling. At most 500 characters. */
  readonly reason?: string | undefined
}

export function createIntegrations(settings: Settings, lookup: Lookup) {
  const result = <T>(options: RequestOptions, work: (call: CallContext) => Promise<WithResponse<T>>): Result<T> =>
    toResult(runCall(settings, options, work))

  const write = <T>(options: RequestOptions, work: (call: CallContext) => Promise<WithResponse<T>>): Result<T> =>
    result(options, (call) => work(call).finally(() => lookup.clear()))

  return {
    create: (input: unknown, options: RequestOptions = {}) => write(options, (call) => create(call, input)),

    retrieve: (id: string, options: RequestOptions = {}) => result(options, (call) => retrieve(call, id)),

    list: (filters: object = {}, options: ListOptions = {}) =>
      toList<IntegrationSummary>({
        settings,
        endpointId: 'integrations.list',
        options,
        read: async () => {
          const { body } = parseFilters('integrations.list', filters)
          const { offset = 0, limit = 20, ...rest } = body as { offset?: number; limit?: number }
          return { filters: rest, start: offset, size: limit }
        },
      }),

    update: (id: string, changes: unknown, options: RequestOptions = {}) =>
      write(options, (call) => update(call, id, changes)),

    delete: (id: string, options: RequestOptions = {}) =>
      write(options, (call) =>
        request<DeletedIntegration>(call, 'integrations.delete', { params: { integration_id: id } }),
      ),

    enable: (id: string, { reason, ...options }: StatusOptions = {}) =>
      write(options, (call) => setStatus(call, id, { enabled: true, reason })),

    disable: (id: string, { reason, ...options }: StatusOptions = {}) =>
      write(options, (call) => setStatus(call, id, { enabled: false, reason })),

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
      result<ActiveIntegration[]>(options, async (call) => {
        const { body } = parseFilters('integrations.listActive', filters)
        return listActive(call, body)
      }),

    fields: (id: string, filters: object = {}, options: RequestOptions = {}) =>
      result<IntegrationFieldList>(options, async (call) => {
        const { body } = parseFilters('integrations.fields', filters)
        return request(call, 'integrations.fields', { params: { integration_id: id }, query: body })
      }),

    findByName: (name: string, options: RequestOptions = {}) => result(options, (call) => findByName(call, name)),
  } satisfies Integrations & MethodsOf<'integrations'>
}

async function create(call: CallContext, input: unknown): Promise<WithResponse<Integration>> {
  const { body } = parseInput('integrations.create', input)
  const created = await request<Integration>(call, 'integrations.create', { body })

  // Existing backends read `enabled` here and do not keep it (CONTRACT §5); legacy ones do not show that they have it on.
  const { enabled } = body
  const { enabled: shown = true } = created.data
  if (typeof enabled !== 'boolean' || shown === enabled) return created
  call.done.created = idOf(created)
  call.done.applied = Object.keys(body).filter((field) => field !== 'enabled')
  return setStatus(call, call.done.created, { enabled })
}

function idOf({ data, response: { status, requestId } }: WithResponse<Integration>): string {
  if (typeof data.id === 'string') return data.id
  throw new ResponseMismatchError('an integration was created, but the reply does not say its id', {
    endpoint: 'integrations.create',
    status,
    requestId,
  })
}

const retrieve = (call: CallContext, id: string): Promise<WithResponse<Integration>> =>
  request(call, 'integrations.retrieve', { params: { integration_id: id } })

async function update(call: CallContext, id: string, changes: unknown): Promise<WithResponse<Integration>> {
  const { enabled, ...others } = (await readChanges(call, id, changes)).body
  const flips = typeof enabled === 'boolean'

  // Sent with the others, the flag would not move the status of existing backends (CONTRACT §5).
  const updated = flips && Object.keys(others).length === 0 ? undefined : await writeSettings(call, id, others)

  if (updated !== undefined && !flips) return updated
  // What was sent back unchanged because it can not be changed is not written.
  call.done.applied = Object.keys(others).filter((field) => writable.includes(field))
  return setStatus(call, id, { enabled })
}

const writable = fieldsOf(UpdateSchema)

async function writeSettings(call: CallContext, id: string, body: JsonObject): Promise<WithResponse<Integration>> {
  const before = await readBeforeCredentialWrite(call, id, body, () => retrieve(call, id))
  const written = await request<Integration>(call, 'integrations.update', { params: { integration_id: id }, body })
  if (before === undefined || !Object.hasOwn(body, 'credentials')) return written
  assertCredentialsStored(call, before, written)
  return { ...written, unverified: [...call.unverified] }
}

// An old program flips `is_enabled` and sends the whole object back, with `enabled` as it was: only the stored row
// tells which of the two was meant.
async function readChanges(call: CallContext, id: string, changes: unknown): Promise<ParsedInput> {
  try {
    return parseInput('integrations.update', changes)
  } catch (error) {
    if (!isInvalidRequestError(error) || !error.issues.some(({ code }) => code === 'conflicting_fields')) throw error
    const { data: stored } = await retrieve(call, id)
    return parseInput('integrations.update', changes, { stored: { ...stored } })
  }
}

async function setStatus(call: CallContext, id: string, change: object): Promise<WithResponse<Integration>> {
  const { body } = parseInput('integrations.setStatus', change)
  return request(call, 'integrations.setStatus', { params: { integration_id: id }, body })
}

async function findByName(call: CallContext, name: string): Promise<WithResponse<IntegrationSummary>> {
  const { data: named, response } = await listNamed(call, name)
  const meant = resolveIntegrationName(name, named)
  // Whether it can file tickets is not asked here.
  if (meant.code !== 'integration_unusable') unwrap(meant, name)

  // Resolved among those of exactly this name, and not ambiguous: there is one.
  return { data: named[0] as IntegrationSummary, response, unverified: [] }
}
