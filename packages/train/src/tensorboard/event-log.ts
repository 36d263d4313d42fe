import { appendToFile } from "#platform/append-to-file"
import { makeFolder } from "#platform/make-folder"
import { encodeEvent, type RunEvent } from "./encode-event.ts"
import { frameRecord } from "./frame-record.ts"

/**
 * Numbers of a run as TensorBoard reads them, each life of the run in a file of its own. A run that is taken up tells the
 * reader to drop what earlier files have beyond the step at which it goes on.
 */
export class EventLog {
  readonly #file: string

  private constructor(file: string) {
    this.#file = file
  }

  /** `step` is the last one that is done. */
  static async open(folder: string, step: number): Promise<EventLog> {
    await makeFolder(folder)
    const seconds = Math.floor(Date.now() / 1000)
    // Read in the order of their names.
    const log = new EventLog(`${folder}/events.out.tfevents.${seconds}.${`${step}`.padStart(9, "0")}`)
    await log.#write({ step: 0, fileVersion: "brain.Event:2" })
    if (step > 0) await log.#write({ step: step + 1, isStart: true })
    return log
  }

  async append(step: number, scalars: Readonly<Record<string, number>>): Promise<void> {
    await this.#write({ step, scalars })
  }

  async #write(event: Omit<RunEvent, "wallTime">): Promise<void> {
    await appendToFile(this.#file, frameRecord(encodeEvent({ wallTime: Date.now() / 1000, ...event })))
  }
}
