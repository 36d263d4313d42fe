import type { TrainStep } from "@llava/train"
import { duration } from "../view/duration.ts"
import { tell } from "../view/tell.ts"
import type { NanoPhase } from "./nano-phases.ts"

/** Seconds between two lines. */
const PAUSE = 20

/** Says now and then how far a phase is, and when it will be over. */
export class PhaseProgress {
  readonly #phase: NanoPhase
  readonly #started = performance.now()
  #first: number | undefined
  #said = Number.NEGATIVE_INFINITY
  #loss: number | undefined

  constructor(phase: NanoPhase) {
    this.#phase = phase
  }

  update({ step, steps, loss }: TrainStep): void {
    this.#first ??= step
    this.#loss = this.#loss === undefined ? loss : 0.95 * this.#loss + 0.05 * loss
    const now = performance.now()
    if ((now - this.#said) / 1000 < PAUSE && step < steps) return
    this.#said = now
    const perStep = (now - this.#started) / 1000 / (step - this.#first + 1)
    tell(
      `${this.#phase.title}: step ${step} of ${steps}, loss ${this.#loss.toFixed(3)}, ${duration(perStep * (steps - step))} left`,
    )
  }

  end(): void {
    if (this.#first === undefined) tell(`${this.#phase.title}: done before.`)
  }
}
