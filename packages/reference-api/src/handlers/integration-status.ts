import type { Handler } from '../call.ts'
import { toWire } from '../moment.ts'
import { changeIntegration, move } from './change-integration.ts'

export const setIntegrationStatus: Handler<'integrations.setStatus'> = (call) =>
  changeIntegration(call, async (row, now) => {
    const { enabled, reason } = await call.body()
    const moved = move({ ...row, effects: [] }, enabled ? 'enable' : 'disable')
    const disabledBecause = !enabled && typeof reason === 'string' && reason !== ''
    return {
      row: {
        ...row,
        status: moved.status,
        enabled: moved.enabled,
        ...(disabledBecause && { last_error_message: `Disabled: ${reason}`, last_error_at: toWire(now) }),
      },
      effects: moved.effects,
    }
  })

export const activateIntegration: Handler<'integrations.activate'> = async (call) => {
  let previous = ''
  const { reply, version } = await changeIntegration(call, async (row) => {
    previous = row.status
    const { effects, ...moved } = move({ status: row.status, enabled: row.enabled, effects: [] }, 'enable')
    return { row: { ...row, ...moved }, effects }
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
