// Every link in a page must lead to a file, and every anchor to a heading of it. Addresses on the web are not looked at.
import validateLinks from 'remark-validate-links'

export default { plugins: [[validateLinks, { repository: false }]] }
