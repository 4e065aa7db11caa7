import type { DeprecationEntry } from '@ai-ticket-creator/domain'
import type { ClientOptions as CommonOptions } from '../core/options.ts'
import {
  assertOption,
  assertOptions,
  parseChoice,
  parseFlag,
  parseMs,
  parseSettings,
  type Settings,
} from '../core/settings.ts'

/** How to reach the service, and how the client behaves. */
export interface ClientOptions extends CommonOptions {
  /**
   * The API generation to use. `auto` detects it from replies and follows changes; `client.diagnose()` shows the
   * result. A transitional backend accepts both `current` and `legacy`. Default: `auto`.
   */
  readonly generation?: 'auto' | 'current' | 'legacy' | undefined
  /**
   * The key under which looked-up integration names are cached. Set it to an id of the organization if tokens change often:
   * calls with the same key share the cache. Default: the token.
   */
  readonly cacheKey?: string | undefined
  /** Milliseconds for which the id of a looked-up name is cached; 0: not at all. Default: 30 000. */
  readonly nameCacheTtl?: number | undefined
  /**
   * Called at the first use of a deprecated name, once for each field and each line of your code. An error that it throws is
   * ignored.
   */
  readonly onDeprecation?: ((entry: DeprecationEntry) => void) | undefined
}

/** The options about old names in results. `legacyFields` decides the types of results. */
export interface LegacyFieldsOption<L extends boolean> {
  /**
   * Whether results have their old names (`is_enabled`, `integration_type`, `assignee`, `files`, …) as deprecated
   * accessors. With `false` the types lack them, and reading one throws a TypeError that names its replacement; input with
   * old names is refused as well, in types and at run time. This is how a consumer proves that its migration is complete.
   * Default: true.
   */
  readonly legacyFields?: L | undefined
  /**
   * Whether results have their old names in JSON too, beside the new ones, for programs that read the JSON. Each use
   * is counted in the ledger. When such a result is sent back, only the new names are sent. Spreads and `structuredClone`
   * never have the old names: use `toLegacy`. Default: false.
   */
  readonly legacyJson?: boolean | undefined
}

/** All options of a client. */
export type AllOptions = ClientOptions & LegacyFieldsOption<boolean>

/** The options about older generations, checked and with defaults. */
export interface LegacySettings {
  readonly generation: 'auto' | 'current' | 'legacy'
  readonly legacyFields: boolean
  /** Whether results have their old names in JSON. */
  readonly legacyJson: boolean
  readonly cacheKey: string | undefined
  readonly nameCacheTtl: number
  readonly onDeprecation: ClientOptions['onDeprecation']
}

/**
 * Checks all options of a client and adds the defaults.
 *
 * @throws TypeError that names the option, never its value.
 */
export function parseOptions(given: AllOptions): { readonly settings: Settings; readonly legacy: LegacySettings } {
  assertOptions('createClient', given)
  const { generation, legacyFields, legacyJson, cacheKey, nameCacheTtl, onDeprecation, ...others } = given
  assertOption(cacheKey === undefined || typeof cacheKey === 'string', '`cacheKey` must be a string')
  assertOption(onDeprecation === undefined || typeof onDeprecation === 'function', '`onDeprecation` must be a function')
  return {
    settings: parseSettings(others),
    legacy: {
      generation: parseChoice('generation', generation, ['auto', 'current', 'legacy']),
      legacyFields: parseFlag('legacyFields', legacyFields, true),
      legacyJson: parseLegacyJson(legacyFields, legacyJson),
      cacheKey,
      nameCacheTtl: nameCacheTtl === 0 ? 0 : parseMs('nameCacheTtl', nameCacheTtl, 30_000),
      onDeprecation,
    },
  }
}

function parseLegacyJson(legacyFields: boolean | undefined, legacyJson: boolean | undefined): boolean {
  const value = parseFlag('legacyJson', legacyJson, false)
  assertOption(
    !(value && legacyFields === false),
    '`legacyJson` needs the old names, which `legacyFields: false` removes',
  )
  return value
}
