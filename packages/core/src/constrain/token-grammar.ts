import type { Tokenizer } from "../tokenizer/tokenizer.ts"
import { ConstraintError } from "./constraint-error.ts"
import type { Expression } from "./machine/expression.ts"
import { GrammarMachine, type MachineState } from "./machine/grammar-machine.ts"
import type { TokenConstraint } from "./token-constraint.ts"
import { type TrieNode, vocabularyTrie } from "./vocabulary-trie.ts"

/** Which tokens may come next is remembered for so many states. */
const KEPT = 256

/** A grammar that has come to so many states forgets them all before the next answer. */
const MOST_STATES = 50_000

/** A grammar over the tokens of one vocabulary: made once, it constrains any number of answers. */
export class TokenGrammar {
  readonly #tokenizer: Tokenizer
  readonly #vocabSize: number
  readonly #expression: Expression
  readonly #root: TrieNode
  readonly #allowed = new Map<MachineState, Uint8Array>()
  #machine: GrammarMachine

  /**
   * `vocabSize` is the number of rows that the model chooses from, which may be more than the tokenizer has ids.
   */
  constructor(expression: Expression, { tokenizer, vocabSize }: { tokenizer: Tokenizer; vocabSize: number }) {
    this.#tokenizer = tokenizer
    this.#vocabSize = vocabSize
    this.#expression = expression
    this.#machine = new GrammarMachine(expression)
    this.#root = vocabularyTrie(tokenizer)
  }

  /** The constraint of one answer. */
  begin(): TokenConstraint {
    if (this.#machine.states > MOST_STATES) {
      this.#machine = new GrammarMachine(this.#expression)
      this.#allowed.clear()
    }
    const machine = this.#machine
    let state = machine.start
    const allowedIn = (at: MachineState) => this.#allowedIn(machine, at)
    const after = (at: MachineState, id: number) => this.#after(machine, at, id)
    return {
      get mayGoOn() {
        return state.mayGoOn
      },
      get mayEnd() {
        return state.mayEnd
      },
      allowed: () => allowedIn(state),
      push(id) {
        state = after(state, id)
      },
    }
  }

  #after(machine: GrammarMachine, state: MachineState, id: number): MachineState {
    let at: MachineState | null = state
    for (const byte of this.#tokenizer.tokenBytes(id)) at = at && machine.step(at, byte)
    if (at) return at
    throw new ConstraintError(`The token ${id} is not allowed here.`, { code: "token-not-allowed" })
  }

  #allowedIn(machine: GrammarMachine, state: MachineState): Uint8Array {
    const known = this.#allowed.get(state)
    if (known) return known
    const allowed = new Uint8Array(this.#vocabSize)
    const open: [node: TrieNode, state: MachineState][] = [[this.#root, state]]
    for (let entry = open.pop(); entry; entry = open.pop()) {
      const [node, at] = entry
      for (const id of node.ids) allowed[id] = 1
      for (const [byte, child] of node.children) {
        const next = machine.step(at, byte)
        if (next) open.push([child, next])
      }
    }
    if (this.#allowed.size === KEPT) this.#allowed.delete(this.#allowed.keys().next().value!)
    this.#allowed.set(state, allowed)
    return allowed
  }
}
