import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import type { IntegrationFigures } from './integrations.ts'
import type { NaiveFigures } from './naive.ts'
import type { ReaderFigures } from './reader.ts'
import { RESULTS, ROWS, TICKET_INTEGRATIONS, TICKETS, WRITES } from './settings.ts'
import type { TicketFigures } from './tickets.ts'

/** What was measured, with one element for each run. */
export interface Figures {
  postgresql: string
  readonly node: string
  readonly cores: number
  /** The average load of the machine before the measurements. Other programs that use the cores make every figure worse. */
  readonly load: number
  readonly sizes: {
    readonly rows: number
    readonly tickets: number
    readonly integrations: number
    readonly writes: number
  }
  readonly integrations: IntegrationFigures[]
  readonly inTimeOrder: IntegrationFigures[]
  readonly naive: NaiveFigures[]
  readonly reader: ReaderFigures[]
  readonly tickets: TicketFigures[]
}

/** The figures of former runs, or none. */
export function readFigures(): Figures {
  // The file is what `storeFigures` wrote.
  if (RESULTS !== undefined && existsSync(RESULTS)) return JSON.parse(readFileSync(RESULTS, 'utf8')) as Figures
  return {
    postgresql: '',
    node: process.versions.node,
    cores: availableParallelism(),
    load: Math.round(loadavg()[0] ?? 0),
    sizes: { rows: ROWS, tickets: TICKETS, integrations: TICKET_INTEGRATIONS, writes: WRITES },
    integrations: [],
    inTimeOrder: [],
    naive: [],
    reader: [],
    tickets: [],
  }
}

export function storeFigures(figures: Figures): void {
  if (RESULTS !== undefined) writeFileSync(RESULTS, `${JSON.stringify(figures, null, 2)}\n`)
}
