import type {
  AuthType,
  CreateIntegration,
  DeletedIntegration,
  IntegrationActivation,
  IntegrationSyncResult,
  IntegrationTestResult,
  ListIntegrationFields,
  SyncIntegration,
  TestIntegration,
} from '@ai-ticket-creator/domain'
import type { RequestOptions } from '../../core/options.ts'
import type { Result } from '../../core/result.ts'
import type { ListOptions, ListResult } from '../../pagination/page.ts'
import type { ListActiveIntegrations, ListIntegrations, UpdateIntegration } from '../input-types.ts'
import type { Results } from '../result-types.ts'

/**
 * The integrations of the caller's organization.
 *
 * Every method can fail with an `InvalidRequestError` before anything is sent, an `ApiError`, a `ConnectionError`, a
 * `TimeoutError` or a `ResponseMismatchError`; a method that writes, also with a `SilentDropError` when the backend ignores a
 * field. Other errors are listed with each method.
 */
export interface CurrentIntegrations<R extends Results = Results> {
  /**
   * Creates an integration. With `enabled: false`, a second request disables it where the backend needs one. If that one
   * fails, the error has the id as `created`; do not create the integration again.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws OutcomeUnknownError when it is not known whether the integration was created.
   */
  create<const A extends AuthType = 'api_key'>(
    input: CreateIntegration<A>,
    options?: RequestOptions,
  ): Result<R['integration']>

  /** Retrieves one integration with all its settings. */
  retrieve(id: string, options?: RequestOptions): Result<R['integration']>

  /**
   * Lists integrations: newest first unless `sort_by` is given, 20 per page unless `limit` is given.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws FilterNotSupportedError when neither the backend nor the client can apply a filter.
   * @throws SortNotSupportedError when neither the backend nor the client can sort the rows.
   */
  list(filters?: ListIntegrations, options?: ListOptions): ListResult<R['integrationSummary']>

  /**
   * Changes some fields. `enabled` is changed by a second request, after the others. If that one fails, the error lists
   * the written fields as `applied`. A retrieved integration can be sent back: the backend compares the fields that cannot
   * be changed, and ignores those that it sets itself.
   *
   * @throws InvalidRequestError before anything is written.
   * @throws UnverifiableWriteError before anything is written, when the backend cannot confirm that it stores `credentials`
   * or `webhook_secret`, unless `allowUnverified` is set.
   */
  update(id: string, changes: UpdateIntegration, options?: RequestOptions): Result<R['integration']>

  /** Deletes an integration. Tickets that were filed with it stay. */
  delete(id: string, options?: RequestOptions): Result<DeletedIntegration>

  /** Enables an integration, so that tickets can be filed with it. Its status changes accordingly. */
  enable(id: string, options?: StatusOptions): Result<R['integration']>

  /** Disables an integration, so that no tickets can be filed with it. Its status changes accordingly. */
  disable(id: string, options?: StatusOptions): Result<R['integration']>

  /**
   * Tests the connection. A failed test is a result with `success: false`. A passed one activates a pending integration,
   * unless `auto_activate_on_success` is false.
   *
   * @throws InvalidRequestError before anything is sent.
   */
  test(id: string, input?: TestIntegration, options?: RequestOptions): Result<IntegrationTestResult>

  /**
   * Synchronizes with the platform.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws ApiError with the code `not_supported` when the platform has nothing to synchronize.
   */
  sync(id: string, input: SyncIntegration, options?: RequestOptions): Result<IntegrationSyncResult>

  /** Enables an integration, like `enable`, and returns its previous and its new status. */
  activate(id: string, options?: RequestOptions): Result<IntegrationActivation>

  /**
   * All integrations that tickets can be filed with now. If the backend lacks this route, they are read from the list and
   * then one by one.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws FilterNotSupportedError when neither the backend nor the client can apply a filter.
   */
  listActive(filters?: ListActiveIntegrations, options?: RequestOptions): Result<R['activeIntegration'][]>

  /**
   * Lists the fields that tickets have on the platform.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws ApiError with the code `not_supported` when the platform does not list them.
   */
  fields(id: string, filters?: ListIntegrationFields, options?: RequestOptions): Result<R['integrationFieldList']>

  /**
   * Finds the one integration with exactly this name, usable or not.
   *
   * @throws IntegrationNotFoundError
   * @throws AmbiguousIntegrationError with the candidates, when several have this name.
   */
  findByName(name: string, options?: RequestOptions): Result<R['integrationSummary']>
}

/** What `enable` and `disable` take as their last argument. */
export interface StatusOptions extends RequestOptions {
  /** Stored as the last error message when disabling. At most 500 characters. */
  readonly reason?: string | undefined
}
