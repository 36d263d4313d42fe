import type { Entrant } from "./entrant.ts"

/** Rounds of turns: fewer where one round takes long. */
const ROUNDS = 5
const LONG_ROUNDS = 3
const LONG_ROUND_MILLISECONDS = 15_000

/** Short runs repeat within a turn until it takes about so long. */
const TURN_MILLISECONDS = 60
const MOST_REPEATS = 20

/**
 * Measures the entrants in turns, A B C A B C ..., so that whatever else the machine does hits all of them. One that
 * fails is out from then on.
 */
export async function timeInTurns(entrants: readonly Entrant[]): Promise<void> {
  const round = entrants.reduce((sum, entrant) => sum + expected(entrant), 0)
  const rounds = round > LONG_ROUND_MILLISECONDS ? LONG_ROUNDS : ROUNDS
  for (let i = 0; i < rounds; i++) {
    for (const entrant of entrants) {
      if (entrant.failure !== undefined) continue
      const repeats = Math.min(MOST_REPEATS, Math.max(1, Math.floor(TURN_MILLISECONDS / expected(entrant))))
      try {
        const { milliseconds, facts } = await entrant.worker!.measure(repeats)
        entrant.times.push(...milliseconds)
        entrant.prepared = { ...entrant.prepared!, facts }
      } catch (error) {
        entrant.failure = (error as Error).message
      }
    }
  }
}

/** The run after the one that compiled. */
function expected({ prepared }: Entrant): number {
  return prepared!.milliseconds[1]
}
