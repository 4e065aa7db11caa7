import { esmLibrary } from '../../tsup.base.config.ts'

// As MSW itself; Node can `require` it (decisions/0016).
export default esmLibrary('src/index.ts', 'src/node.ts', 'src/browser.ts', 'src/verify.ts')
