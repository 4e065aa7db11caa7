const [BEGIN, END] = ['<!-- made by npm run docs:update -->', '<!-- to here -->']

/** The text with another section between the two marks; the rest is written by hand. */
export function replaceSection(text, section) {
  const made = [BEGIN, section, END].join('\n\n')
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)]
  // Without the marks there is no place for it: at the end, for somebody to move it.
  return begin === -1 || end === -1 ? `${text}\n${made}\n` : text.slice(0, begin) + made + text.slice(end + END.length)
}
