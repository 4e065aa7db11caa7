import { expect, test } from 'vitest'
import type { Setting } from '../src/settings/setting.ts'
import { SETTINGS } from '../src/settings/settings.ts'

test('the README lists every setting', async () => {
  const rows = Object.entries<Setting<unknown>>(SETTINGS).map(
    ([name, { fallback, shownFallback, form, purpose }]) =>
      `| \`${name}\` | ${shownFallback ?? `\`${String(fallback)}\``} | ${purpose} | ${form} |`,
  )

  await expect(
    ['| variable | default | what it does | a value must be |', '|---|---|---|---|', ...rows].join('\n'),
  ).toBeTheSectionOf('../README.md')
})
