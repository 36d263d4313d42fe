import type { Optimizer, StepOptions, Tensor } from "@llava/tensor"

/** Several optimizers, each for parameters of its own, as one. */
export class CombinedOptimizer implements Optimizer {
  readonly #optimizers: readonly Optimizer[]

  constructor(optimizers: readonly Optimizer[]) {
    this.#optimizers = optimizers
  }

  get steps(): number {
    return this.#optimizers[0]?.steps ?? 0
  }

  set steps(steps: number) {
    for (const optimizer of this.#optimizers) optimizer.steps = steps
  }

  step(options: StepOptions): void {
    for (const optimizer of this.#optimizers) optimizer.step(options)
  }

  clearGradients(): void {
    for (const optimizer of this.#optimizers) optimizer.clearGradients()
  }

  *namedState(): Generator<readonly [name: string, state: Tensor]> {
    for (const optimizer of this.#optimizers) yield* optimizer.namedState()
  }

  [Symbol.dispose](): void {
    for (const optimizer of this.#optimizers) optimizer[Symbol.dispose]()
  }
}
