import { createClient } from '../src/current.ts'
import { testCurrentClient } from './current-suite.ts'

testCurrentClient(createClient)
