import type { Expression, Repeat } from "./expression.ts"

/** What is still to come: an expression, and what follows it. Equal ones are the same object. */
interface Frame {
  readonly id: number
  readonly expression: Expression
  readonly next: Frame | undefined
}

/** Where a text stands within a grammar. */
export interface MachineState {
  /** Whether the text may end here. */
  readonly mayEnd: boolean
  /** Whether any byte may follow. */
  readonly mayGoOn: boolean
}

interface State extends MachineState {
  /** Each begins with a byte. */
  readonly frames: readonly Frame[]
  /** By byte, as far as asked for; null where the byte may not come. */
  readonly steps: (State | null | undefined)[]
}

/**
 * Follows a text byte by byte through a grammar, along all readings at once. States are made when they are reached and
 * kept: a text that comes back to one (the inside of a string) finds the same object again.
 */
export class GrammarMachine {
  readonly start: MachineState
  readonly #frames = new Map<Expression, Map<Frame | undefined, Frame>>()
  readonly #states = new Map<string, State>()
  readonly #rests = new Map<Repeat, Expression>()
  #count = 0

  constructor(expression: Expression) {
    this.start = this.#state([this.#frame(expression, undefined)])
  }

  /** How many states have been reached. */
  get states(): number {
    return this.#states.size
  }

  /** The state after one more byte; null where that may not come. */
  step(state: MachineState, byte: number): MachineState | null {
    const { frames, steps } = state as State
    const known = steps[byte]
    if (known !== undefined) return known
    const after: (Frame | undefined)[] = []
    for (const { expression, next } of frames) {
      if (expression.kind === "bytes" && expression.allowed[byte]) after.push(next)
    }
    const reached = after.length === 0 ? null : this.#state(after)
    steps[byte] = reached
    return reached
  }

  #state(tops: readonly (Frame | undefined)[]): State {
    const frames = new Set<Frame>()
    let mayEnd = false
    const seen = new Set<Frame>()
    const open = [...tops]
    while (open.length > 0) {
      const top = open.pop()
      if (top === undefined) mayEnd = true
      else if (!seen.has(top)) {
        seen.add(top)
        const unfolded = this.#unfold(top)
        if (unfolded) open.push(...unfolded)
        else frames.add(top)
      }
    }
    return this.#known(
      [...frames].toSorted((a, b) => a.id - b.id),
      mayEnd,
    )
  }

  /** What a frame stands for, one step closer to bytes; undefined for bytes themselves. */
  #unfold({ expression, next }: Frame): (Frame | undefined)[] | undefined {
    switch (expression.kind) {
      case "sequence":
        return [expression.items.reduceRight<Frame | undefined>((rest, item) => this.#frame(item, rest), next)]
      case "choice":
        return expression.options.map((option) => this.#frame(option, next))
      case "lazy":
        return [this.#frame(expression.resolve(), next)]
      case "repeat": {
        const again =
          expression.max > 0 ? [this.#frame(expression.item, this.#frame(this.#rest(expression), next))] : []
        return expression.min === 0 ? [next, ...again] : again
      }
      case "bytes":
        return undefined
    }
  }

  /** What is left of a repetition once its item has come. */
  #rest(repeat: Repeat): Expression {
    const { item, min, max } = repeat
    if (min === 0 && max === Number.POSITIVE_INFINITY) return repeat
    const known = this.#rests.get(repeat)
    if (known) return known
    const rest: Expression = { kind: "repeat", item, min: Math.max(0, min - 1), max: max - 1 }
    this.#rests.set(repeat, rest)
    return rest
  }

  #frame(expression: Expression, next: Frame | undefined): Frame {
    const byNext = this.#frames.get(expression) ?? new Map<Frame | undefined, Frame>()
    this.#frames.set(expression, byNext)
    const frame = byNext.get(next) ?? { id: this.#count++, expression, next }
    byNext.set(next, frame)
    return frame
  }

  #known(frames: readonly Frame[], mayEnd: boolean): State {
    const key = `${mayEnd} ${frames.map(({ id }) => id).join(" ")}`
    const state = this.#states.get(key) ?? { frames, mayEnd, mayGoOn: frames.length > 0, steps: [] }
    this.#states.set(key, state)
    return state
  }
}
