// GitHub's own reader of workflows, of the extension for editors. It is made for bundlers, so it is bundled before it is used.
export { validate } from '@actions/languageservice/validate'
export { TextDocument } from 'vscode-languageserver-textdocument'
