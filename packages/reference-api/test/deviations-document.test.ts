import { deviations, PROFILES } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'

// The README is in the tarball, where a relative link would lead nowhere.
const PAGES = 'https://github.com/ai-ticket-creator/ai-ticket-creator/blob/main'

test('the README lists every deviation of every profile', async () => {
  const rows = deviations.map(({ id, profiles, source, summary, assumed, note, notReproduced }) => {
    const cells = PROFILES.map((profile) => {
      if (!profiles.includes(profile)) return ''
      return assumed === true && profile === 'existing-legacy' ? 'assumed' : 'yes'
    })
    const sentences = [summary, note, notReproduced && `Not reproduced: ${notReproduced}`].filter(Boolean).join(' ')
    const link = `[${source.replaceAll('-', ' ')}](${PAGES}/docs/existing-backend.md#${source})`
    return [`\`${id}\``, ...cells, link, sentences.replaceAll('|', '\\|')]
  })
  const head = [
    'deviation',
    ...PROFILES.map((profile) => profile.replace('existing-', '')),
    'recorded in',
    'what it does',
  ]

  await expect(
    [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
  ).toBeTheSectionOf('../README.md')
})
