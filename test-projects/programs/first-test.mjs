import { createClient } from '@ai-ticket-creator/sdk'
import { anIntegrationInput, createTestApi, dropResponse } from '@ai-ticket-creator/test-utils'
import { startTestApi } from '@ai-ticket-creator/test-utils/node'
import firstTest from './first-test.cjs'

await firstTest({ anIntegrationInput, createClient, createTestApi, dropResponse, startTestApi })
