import { checkUsage } from '../usage/check-usage.ts'
import { mergeUsage, type Usage } from '../usage/usage.ts'
import type { CheckUsageSettings } from './arguments.ts'
import { CliError } from './cli-error.ts'
import { readIfExists } from './files.ts'
import type { ProcessIo } from './process-io.ts'
import { createReportWriter } from './write-report.ts'

/** Checks recorded usage against a generation, writes the report, and returns the exit code. */
export async function runCheckUsage(settings: CheckUsageSettings, io: ProcessIo): Promise<number> {
  const writer = await createReportWriter(settings, io)
  const usages = await Promise.all(settings.files.map(readUsage))
  return await writer.write(checkUsage(mergeUsage(...usages), settings))
}

async function readUsage(file: string): Promise<Usage> {
  const text = await readIfExists(file)
  if (text === undefined) throw new CliError(`there is no file ${file}; write it from recordUsage in your tests`)
  try {
    // `mergeUsage` checks the content and throws for any other JSON.
    return mergeUsage(JSON.parse(text) as Usage)
  } catch (cause) {
    throw new CliError(`${file} is not a usage file; write it with JSON.stringify(recordUsage(…))`, { cause })
  }
}
