import { runs } from '../src/backends.ts'
import { describeAfterCodeTickets } from '../src/suite/after-code-tickets.ts'

describeAfterCodeTickets(runs)
