import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase, currentVersion, startServer } from '@ai-ticket-creator/test-postgresql'
import { afterAll, expect, test } from 'vitest'
import { readSize } from '../../../../vitest.sizes.ts'
import { chooseSteps, createRandom, SEED } from './choose-steps.ts'
import { createFilledDatabase, readSnapshot } from './filled-tables.ts'
import { complete, interruptStep, undoAll } from './interrupted-step.ts'
import { createLedger } from './ledger.ts'
import { startTraffic } from './traffic.ts'

// PostgreSQL is killed while the tool applies or undoes a step, and old and new clients write.
const KILLS = readSize('SERVER_KILLS', 1)
const ROWS = readSize('KILLED_ROWS', 4000)

const server = await startServer(currentVersion())
afterAll(() => server.stop())
const template = await createFilledDatabase(server.url, ROWS)
const before = await readSnapshot(template)
const steps = chooseSteps(1)

test.each(steps)(
  `kills -9 of PostgreSQL in the step %s: apply completes it, and undo restores everything (seed ${SEED})`,
  async (step) => {
    const random = createRandom(`server ${step}`)
    const url = await createDatabase(server.url, template)
    const ledger = createLedger(url)
    const traffic = startTraffic(url, ledger)
    const interrupt = async () => {
      await sleep(2 ** (random() * 9) - 1)
      await server.kill()
    }

    await interruptStep(KILLS, { url, step, ledger, random, interrupt, recover: server.start })
    const problems = await complete(url, ledger)
    await undoAll(url)
    await traffic.stop()

    expect(problems).toEqual([])
    expect(await ledger.findWrong()).toEqual([])
    await ledger.removeRows()
    expect(await readSnapshot(url)).toEqual(before)
  },
)
