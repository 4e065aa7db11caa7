import { deviations, PROFILES } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'

test('the README lists every deviation of every profile', async () => {
  const rows = deviations.map(({ id, profiles, source, summary, assumed, note, notReproduced }) => {
    const cells = PROFILES.map((profile) => {
      if (!profiles.includes(profile)) return ''
      return assumed === true && profile === 'existing-legacy' ? 'assumed' : 'yes'
    })
    const sentences = [summary, note, notReproduced && `Not reproduced: ${notReproduced}`].filter(Boolean).join(' ')
    const link = `[${source.replaceAll('-', ' ')}](../../docs/existing-backend.md#${source})`
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
