import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { DatagenError } from "../datagen-error.ts"

/**
 * Holds an output folder for this process. The lock is SQLite's on an empty database in the folder: the system gives it
 * back when the process ends, however it ends, so none is ever left behind.
 */
export class FolderLock implements Disposable {
  readonly #database: DatabaseSync

  /** @throws DatagenError `folder-in-use` where another process holds it. */
  constructor(folder: string) {
    this.#database = new DatabaseSync(join(folder, ".lock"))
    try {
      this.#database.exec("PRAGMA journal_mode = OFF; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE")
    } catch (cause) {
      this.#database.close()
      if (!/locked|busy/i.test((cause as Error).message)) throw cause
      throw new DatagenError(`Another process is writing to ${folder}.`, {
        code: "folder-in-use",
        fix: "Wait for it, or choose another folder.",
        cause,
      })
    }
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }
}
