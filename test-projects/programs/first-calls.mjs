import { categoryOf, IntegrationCategory } from '@ai-ticket-creator/domain'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'
import { createApp } from '@ai-ticket-creator/reference-api'
import { createClient } from '@ai-ticket-creator/sdk'
import firstCalls from './first-calls.cjs'

await firstCalls({ categoryOf, createApp, createClient, IntegrationCategory, openApiDocument })
