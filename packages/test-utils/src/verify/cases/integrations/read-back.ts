import { sameJson } from '@ai-ticket-creator/domain/internal'
import type { Step } from '../../model/case.ts'
import { MAINTAINED_BY_CHECKS } from './expectations.ts'

/** GET of the integration that the first reply returned. */
export const readCreated = (expect: Step['expect']): Step => ({
  request: ({ replies: [created] }) => ({
    endpoint: 'integrations.retrieve',
    params: { integration_id: String(created?.fields['id']) },
  }),
  expect,
})

export const expectSameAsCreated: Step['expect'] = ({ replies: [created] }) => ({
  check: ({ fields }) => {
    const differing = Object.keys({ ...created?.fields, ...fields }).filter(
      (name) => !MAINTAINED_BY_CHECKS.includes(name) && !sameJson(fields[name], created?.fields[name]),
    )
    return differing.length === 0
      ? undefined
      : { expected: 'the row as the create returned it', actual: `other values of ${differing.join(', ')}` }
  },
})
