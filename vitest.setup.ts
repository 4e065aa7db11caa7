import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, vi } from 'vitest'

declare module 'vitest' {
  // The parameters must be those of the declaration in vitest.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Compares the text with the generated section of a page. The path is relative to the test. `--update` writes the section. */
    toBeTheSectionOf(page: string): Promise<void>
  }
}

const [BEGIN, END] = ['<!-- made by npm run docs:update -->', '<!-- to here -->']

// Undoes what a file changed, because the next file may run in the same process.
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

expect.extend({
  async toBeTheSectionOf(section: string, page: string) {
    const { testPath = '' } = expect.getState()
    const text = readFileSync(join(dirname(testPath), page), 'utf8')
    const [before, rest] = text.split(BEGIN)
    const [, after] = rest?.split(END) ?? []
    if (after === undefined)
      throw new Error(`${page} has no generated section, which starts and ends with ${BEGIN} … ${END}`)

    await expect(`${before}${BEGIN}\n\n${section}\n\n${END}${after}`).toMatchFileSnapshot(page)
    return { pass: true, message: () => '' }
  },
})
