// examples/README.md: the list of guides, from their titles.
import { guideFolders, readGuide } from '../guides/read.mjs'
import { replaceSection } from './section.mjs'

export const examplesIndex = {
  file: 'examples/README.md',
  render: (text) =>
    replaceSection(
      text,
      guideFolders()
        .map((folder) => toItem(readGuide(folder)))
        .join('\n'),
    ),
}

const toItem = ({ slug, title }) => `- [${slug}](${slug}/README.md): ${title}`
