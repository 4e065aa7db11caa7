import type { Handler } from '../ports/handler.ts'
import { toWire } from '../serializers/timestamps.ts'
import { move } from '../services/apply-transition.ts'
import { changeIntegration } from './change-integration.ts'

export const setIntegrationStatus: Handler<'integrations.setStatus'> = (call) =>
  changeIntegration(call, async (row, now) => {
    const { enabled, reason } = await call.body()
    const at = toWire(now)
    const moved = move(row, enabled ? 'enable' : 'disable', at)
    const because = !enabled && typeof reason === 'string' && reason !== ''
    return { ...moved, ...(because && { last_error_message: `Disabled: ${reason}`, last_error_at: at }) }
  })

export const activateIntegration: Handler<'integrations.activate'> = async (call) => {
  let previous = ''
  const { reply, version } = await changeIntegration(call, async (row, now) => {
    previous = row.status
    return move(row, 'enable', toWire(now))
  })
  return {
    reply: {
      message: 'Integration activated successfully',
      integration_id: reply.id,
      integration_name: reply.name,
      previous_status: previous,
      new_status: reply.status,
      activation_method: 'manual',
    },
    version,
  }
}
