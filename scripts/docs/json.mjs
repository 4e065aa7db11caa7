// JSON as the formatter of the repository writes it: what is made is not reformatted by hand, and lint does not object.
import { spawnSync } from 'node:child_process'

/** A document that is all ours: whatever the file says is replaced. */
export function jsonDocument(file, make) {
  let text
  return {
    file,
    render: () => {
      text ??= format(file, make())
      return text
    },
  }
}

function format(file, value) {
  const args = ['format', `--stdin-file-path=${file}`]
  const { status, stdout, stderr } = spawnSync('biome', args, { input: JSON.stringify(value), encoding: 'utf8' })
  if (status !== 0) throw new Error(`${file} could not be formatted: ${stderr}`)
  return stdout
}
