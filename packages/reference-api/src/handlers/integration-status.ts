import type { Handler } from '../ports/handler.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import { applyTransition } from '../services/apply-transition.ts'
import { changeAndReply, changeIntegration } from './change-integration.ts'

export const setIntegrationStatus: Handler<'integrations.setStatus'> = (call) =>
  changeIntegration(call, async (row, now) => {
    const { enabled, reason } = await call.body()
    const at = toTimestamp(now)
    const changed = applyTransition(row, enabled ? 'enable' : 'disable', at)
    const hasReason = !enabled && typeof reason === 'string' && reason !== ''
    return { ...changed, ...(hasReason && { last_error_message: `Disabled: ${reason}`, last_error_at: at }) }
  })

export const activateIntegration: Handler<'integrations.activate'> = (call) => {
  let previous = ''
  return changeAndReply(
    call,
    async (row, now) => {
      previous = row.status
      return applyTransition(row, 'enable', toTimestamp(now))
    },
    ({ id, name, status }) => ({
      message: 'Integration activated successfully',
      integration_id: id,
      integration_name: name,
      previous_status: previous,
      new_status: status,
      activation_method: 'manual',
    }),
  )
}
