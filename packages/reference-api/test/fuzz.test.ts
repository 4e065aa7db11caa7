import { createMemoryStore } from '@ai-ticket-creator/reference-api'
import { describeFuzz } from './fuzz-suite.ts'

describeFuzz('in memory', createMemoryStore)
