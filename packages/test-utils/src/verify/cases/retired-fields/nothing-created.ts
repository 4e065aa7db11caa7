import type { Step } from '../../model/case.ts'

/** Lists the integrations of the case: the refused create must not have created one. */
export const nothingCreated: Step = {
  request: ({ tag }) => ({ endpoint: 'integrations.list', query: { name: tag } }),
  expect: {
    check: ({ current }) =>
      Array.isArray(current) && current.length === 0 ? undefined : { expected: 'no row', actual: 'a row' },
  },
}
