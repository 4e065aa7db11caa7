import { esmLibrary } from '../../tsup.base.config.ts'

export default esmLibrary('src/index.ts')
