import { esmLibrary } from '../../tsup.base.config.ts'

// ES modules only, as some of its libraries are; Node can `require` it.
export default esmLibrary('src/index.ts')
