import { runs } from '../src/backends.ts'
import { describeBeforeCode } from '../src/suite/before-code.ts'

describeBeforeCode(runs)
