// Every link in a page must lead to a file, and every anchor to a heading of it. Links to the repository on GitHub are compared
// with the files here. Other addresses on the web are not checked.
import validateLinks from 'remark-validate-links'

export default { plugins: [[validateLinks, { repository: 'ai-ticket-creator/ai-ticket-creator', root: '.' }]] }
