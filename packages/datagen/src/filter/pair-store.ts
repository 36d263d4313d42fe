import { rmSync } from "node:fs"
import { DatabaseSync, type StatementSync } from "node:sqlite"
import { hashNumber } from "../random/hash-number.ts"
import type { CaptionPair } from "./caption-pair.ts"

export interface StoredPhrase {
  id: number
  text: string
  /** Captions that have it. */
  frequency: number
}

/** Pages of the database that are kept in memory. */
const cacheKibibytes = 64 * 1024

/**
 * Captions, their phrases, and which has which, in a file that is deleted in the end: millions of captions need no more
 * memory than a few.
 */
export class PairStore implements Disposable {
  readonly #file: string
  readonly #database: DatabaseSync
  readonly #addPair: StatementSync
  readonly #addPhrase: StatementSync
  readonly #addMention: StatementSync
  #pairs = 0
  #mentions = 0

  /** `file` is written anew. */
  constructor(file: string) {
    this.#file = file
    rmSync(file, { force: true })
    this.#database = new DatabaseSync(file)
    // Nothing is left of it after the process, so nothing need survive a crash.
    this.#database.exec(`
      PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA temp_store = FILE; PRAGMA cache_size = -${cacheKibibytes};
      CREATE TABLE pairs (number INTEGER PRIMARY KEY, id TEXT, image TEXT, caption TEXT);
      CREATE TABLE phrases (id INTEGER PRIMARY KEY, text TEXT UNIQUE, frequency INTEGER);
      CREATE TABLE mentions (phrase INTEGER, pair INTEGER);
      BEGIN`)
    this.#addPair = this.#database.prepare("INSERT INTO pairs VALUES (?, ?, ?, ?)")
    this.#addPhrase = this.#database.prepare(
      "INSERT INTO phrases (text, frequency) VALUES (?, 1) ON CONFLICT DO UPDATE SET frequency = frequency + 1 RETURNING id",
    )
    this.#addMention = this.#database.prepare("INSERT INTO mentions VALUES (?, ?)")
  }

  get pairs(): number {
    return this.#pairs
  }

  get mentions(): number {
    return this.#mentions
  }

  /** `phrases` without repetitions. */
  add({ id, image, caption }: CaptionPair, phrases: readonly string[]): void {
    const pair = this.#pairs++
    this.#addPair.run(pair, id, image, caption)
    for (const phrase of phrases) {
      const row = this.#addPhrase.get(phrase) as { id: number }
      this.#addMention.run(row.id, pair)
      this.#mentions++
    }
  }

  /** To be called once, when all pairs are added. Returns the number of different phrases. */
  finish(): number {
    this.#database.exec("COMMIT; CREATE INDEX mentions_of_phrase ON mentions (phrase, pair)")
    return (this.#database.prepare("SELECT count(*) AS count FROM phrases").get() as { count: number }).count
  }

  /** Phrases of at least so many captions, rarest first; among equals the one met first, or as the seed has it. */
  *phrases(
    minimumFrequency: number,
    ties: { random: false } | { random: true; seed: number },
  ): Generator<StoredPhrase> {
    if (ties.random) {
      this.#database.function("seeded", { deterministic: true }, (text) => hashNumber(ties.seed, String(text)))
    }
    const order = ties.random ? "seeded(text), text" : "id"
    const query = `SELECT id, text, frequency FROM phrases WHERE frequency >= ? ORDER BY frequency, ${order}`
    for (const row of this.#database.prepare(query).iterate(minimumFrequency)) yield row as unknown as StoredPhrase
  }

  /** Numbers of the pairs that have a phrase, in order. */
  pairsOf(): (phrase: number) => Generator<number> {
    const query = this.#database.prepare("SELECT pair FROM mentions WHERE phrase = ? ORDER BY pair")
    return function* (phrase) {
      for (const row of query.iterate(phrase)) yield row["pair"] as number
    }
  }

  /** All pairs with their numbers, in the order in which they were added. */
  *all(): Generator<CaptionPair & { number: number }> {
    const query = this.#database.prepare("SELECT number, id, image, caption FROM pairs ORDER BY number")
    for (const row of query.iterate()) yield { ...row } as unknown as CaptionPair & { number: number }
  }

  [Symbol.dispose](): void {
    this.#database.close()
    rmSync(this.#file, { force: true })
  }
}
