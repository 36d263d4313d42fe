import type { Device } from "../device/device.ts"
import { TensorError } from "../error/tensor-error.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { GradientNode } from "./gradient-node.ts"
import type { GradientRule } from "./gradient-rule.ts"

/**
 * What was computed since `device.record()`, as far as it depends on something that is trained (reverse-mode automatic
 * differentiation). Holds the tensors that the gradient rules need, beyond the scopes they were made in.
 */
export class Tape implements Disposable {
  readonly #device: Device
  readonly #nodes: GradientNode[] = []
  #ended = false

  constructor(device: Device) {
    this.#device = device
  }

  /** @internal Called by operations, through `recordGradient`. */
  record<Saved extends readonly Tensor[]>(
    output: Tensor,
    inputs: readonly (Tensor | undefined)[],
    saved: Saved,
    rule: GradientRule<Saved>,
  ): void {
    const targets = inputs.map((input) => input?.target)
    const node = new GradientNode(targets, saved, rule as unknown as GradientRule<readonly Tensor[]>)
    this.#nodes.push(node)
    output.target = node
  }

  /**
   * Adds to every trained parameter's `gradient` how `output` depends on it, weighted by `gradient` (of the output's
   * shape; may be left out for a single number). Releases what was saved: a tape runs backward once.
   *
   * Errors: "not-recorded" for an output that nothing trained went into, "tape-used" for a second time.
   */
  backward(output: Tensor, gradient?: Tensor): void {
    if (this.#ended) throw new TensorError("A tape runs backward once.", { code: "tape-used" })
    if (!output.target) {
      throw new TensorError("Nothing that is trained went into this tensor while the tape recorded.", {
        code: "not-recorded",
        fix: "Set parameter.trainable before the forward pass, and compute it between device.record() and backward().",
      })
    }
    if (!gradient && output.size !== 1) {
      throw new TensorError(`backward: an output of shape [${output.shape}] needs a gradient of that shape.`, {
        code: "shape-mismatch",
      })
    }
    const { target } = output
    this.#device.unrecorded(() => {
      using scope = this.#device.scope()
      const seed = gradient ?? scope.keep(Tensor.from(this.#device, Float32Array.of(1), output.shape))
      expectShape("backward", "gradient", seed.shape, output.shape)
      target.accumulate(seed)
      for (let node = this.#nodes.pop(); node; node = this.#nodes.pop()) {
        using current = node
        current.propagate()
      }
    })
    this.#ended = true
  }

  /** Stops recording and releases what was saved. */
  [Symbol.dispose](): void {
    this.#device.leaveTape(this)
    for (const node of this.#nodes) node[Symbol.dispose]()
    this.#nodes.length = 0
  }
}
