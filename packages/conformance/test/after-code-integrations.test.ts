import { runs } from '../src/backends.ts'
import { describeAfterCodeIntegrations } from '../src/suite/after-code-integrations.ts'

describeAfterCodeIntegrations(runs)
