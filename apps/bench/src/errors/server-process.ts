import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'

/** Waits until a server that was just started answers at an address, whatever it answers. */
export async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (server.exitCode !== null) throw new Error(`${server.spawnfile} ended with ${server.exitCode}`)
    const answer = await fetch(url).catch(() => undefined)
    if (answer) return void (await answer.text())
    await pause(50)
  }
  throw new Error(`${server.spawnfile} does not answer`)
}
