import {
  categoryOf,
  isEnabledStatus,
  isIntegrationStatus,
  isPlatform,
  type JsonObject,
} from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Invariant, Mismatch } from '../../model/case.ts'
import { describeObserved } from '../../model/describe.ts'
import { SPEC } from '../../model/spec-references.ts'
import { each, showsIntegrations } from './selectors.ts'

/** Integrations in replies. */
export const integrationInvariants: readonly Invariant[] = [
  {
    id: 'integrations/status-and-enabled',
    title: '`enabled` is false if and only if `status` is `inactive`',
    specReference: SPEC.status,
    appliesTo: showsIntegrations,
    check: (reply) => each(reply, checkEnabled),
  },
  {
    id: 'integrations/category-of-platform',
    title: 'The category of an integration is that of its platform',
    specReference: SPEC.status,
    appliesTo: showsIntegrations,
    check: (reply) => each(reply, checkCategory),
  },
  {
    id: 'integrations/healthy',
    title: '`is_healthy` is true if the integration is active and its last check passed',
    specReference: SPEC.fields,
    appliesTo: (reply) => showsIntegrations(reply) && reply.endpoint !== 'integrations.listActive',
    check: (reply) => each(reply, checkHealth),
  },
  {
    id: 'integrations/rates',
    title: '`success_rate` follows from the request counts and is between 0 and 100',
    specReference: SPEC.fields,
    appliesTo: showsIntegrations,
    check: (reply) => each(reply, checkSuccessRate),
  },
]

function checkEnabled({ status, enabled }: JsonObject): Mismatch | undefined {
  if (
    enabled === undefined ||
    typeof status !== 'string' ||
    !isIntegrationStatus(status) ||
    enabled === isEnabledStatus(status)
  )
    return undefined
  return { expected: `\`enabled\` in agreement with status ${status}`, actual: describeObserved(enabled) }
}

function checkCategory({ platform_name: platform, integration_category: category }: JsonObject): Mismatch | undefined {
  if (typeof platform !== 'string' || !isPlatform(platform) || category === categoryOf(platform)) return undefined
  return { expected: `\`integration_category\`: ${categoryOf(platform)}`, actual: 'another category' }
}

// A row of a list has `health_check_status` in place of `health_info`.
function checkHealth(row: JsonObject): Mismatch | undefined {
  const { status, is_healthy: isHealthy, health_info: info, health_check_status: summary } = row
  const lastCheck = isJsonObject(info) ? info['status'] : summary
  return isHealthy === (status === 'active' && lastCheck === 'healthy')
    ? undefined
    : { expected: '`is_healthy` in agreement with status and last check', actual: describeObserved(isHealthy) }
}

// A row of a list has `success_rate` itself, and no counts.
function checkSuccessRate({ usage_stats: usage, success_rate: ownRate }: JsonObject): Mismatch | undefined {
  const {
    total_requests: total,
    successful_requests: successful,
    success_rate: rate,
  } = isJsonObject(usage) ? usage : {}
  const shown = Number(ownRate ?? rate)
  const agrees =
    total === undefined || total === 0 || Math.abs(shown - (Number(successful) / Number(total)) * 100) < 0.01
  return shown >= 0 && shown <= 100 && agrees
    ? undefined
    : { expected: 'the rate that follows from the counts', actual: 'another rate' }
}
