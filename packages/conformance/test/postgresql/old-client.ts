import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '@ai-ticket-creator/migrate'

/** The organization and user of the rows that the old client writes. */
export const OLD_OWNER = {
  organization: '0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a',
  user: '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b',
} as const

/** A client of the old schema: it writes and reads with SQL until it is stopped. */
export function startOldClient(url: string) {
  const stopping = new AbortController()
  const failures: unknown[] = []
  let rounds = 0

  const writing = (async () => {
    const connection = await connect(url)
    for (; !stopping.signal.aborted; rounds++) {
      const id = crypto.randomUUID()
      try {
        await connection.query(INSERT_INTEGRATION, [id, OLD_OWNER.organization])
        await connection.query(
          "UPDATE integrations SET integration_type = 'zoom', is_enabled = false, status = 'inactive' WHERE id = $1",
          [id],
        )
        await connection.query(INSERT_TICKET, [id, OLD_OWNER.user])
        const { rows } = await connection.query(
          'SELECT integration_type, is_enabled, integrations.status, integration_routing FROM integrations JOIN tickets USING (id) WHERE id = $1',
          [id],
        )
        const read = JSON.stringify(rows)
        if (read !== EXPECTED) failures.push(new Error(`read ${read}`))
      } catch (error) {
        failures.push(error)
      }
      await sleep(10)
    }
    await connection.close()
  })()
  return {
    async stop() {
      stopping.abort()
      await writing
      return { failures: failures.map(String), rounds }
    },
  }
}

const EXPECTED = JSON.stringify([
  { integration_type: 'zoom', is_enabled: false, status: 'inactive', integration_routing: 'Support' },
])

const INSERT_INTEGRATION = `
  INSERT INTO integrations (id, organization_id, name, integration_type, status, auth_type, connection_test_count,
    total_requests, successful_requests, failed_requests, current_hour_requests, default_priority, sync_enabled,
    sync_frequency_minutes, environment, monitoring_enabled, alert_on_failure, failure_threshold, consecutive_failures,
    auto_disable_on_error, created_at, updated_at, is_deleted)
  VALUES ($1, $2, 'Support', 'slack', 'active', 'api_key', 0, 0, 0, 0, 0, 100, false, 60, 'production', true, true, 3, 0,
    false, now(), now(), false)`

const INSERT_TICKET = `
  INSERT INTO tickets (id, title, description, category, priority, urgency, status, business_impact, source_channel,
    created_by_id, integration_routing, sla_breached, escalation_level, last_activity_at, communication_count, created_at,
    updated_at, is_deleted)
  VALUES ($1, 'Bug', '', 'bug', 'low', 'low', 'new', 'medium', 'web', $2, 'Support', false, 0, now(), 0, now(), now(), false)`
