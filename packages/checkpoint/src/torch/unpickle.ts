import { PickleFunction } from "./pickle-function.ts"
import { PickleProblem } from "./pickle-problem.ts"
import { PickleReader } from "./pickle-reader.ts"
import { quotedString, rawUnicodeString } from "./pickle-strings.ts"
import { ScriptObject } from "./script-object.ts"

export interface UnpickleOptions {
  /** What a name stands for; undefined refuses it. */
  resolveGlobal(module: string, name: string): unknown
  /** What a persistent id (torch: a storage) stands for. */
  resolvePersistent(id: unknown): unknown
}

export interface Unpickled {
  value: unknown
  /** Where the next pickle begins. */
  end: number
}

/**
 * Runs one pickle (protocols 0 to 5) that starts at `begin`, without ever running code of the file: a name that
 * `resolveGlobal` does not know is refused the moment it appears. Lists and tuples become arrays, dicts Maps.
 *
 * Throws `PickleProblem`, or `NeedMoreBytes` where the bytes end before the pickle does.
 */
export function unpickle(bytes: Uint8Array, begin: number, options: UnpickleOptions): Unpickled {
  const machine = new PickleMachine(new PickleReader(bytes, begin), options)
  return machine.run()
}

const mark = Symbol("mark")

class PickleMachine {
  #stack: unknown[] = []
  readonly #memo = new Map<number, unknown>()
  readonly #reader: PickleReader
  readonly #options: UnpickleOptions

  constructor(reader: PickleReader, options: UnpickleOptions) {
    this.#reader = reader
    this.#options = options
  }

  run(): Unpickled {
    for (;;) {
      const opcode = this.#reader.uint8()
      if (opcode === 0x2e) return { value: this.#pop(), end: this.#reader.at }
      if (!this.#value(opcode) && !this.#container(opcode) && !this.#object(opcode))
        throw new PickleProblem(`0x${opcode.toString(16)} at byte ${this.#reader.at - 1} is not an instruction`)
    }
  }

  /** Instructions that push a plain value, or only move the stack. */
  #value(opcode: number): boolean {
    const reader = this.#reader
    switch (String.fromCharCode(opcode)) {
      case "\x80":
        if (reader.uint8() > 5) throw new PickleProblem("its protocol is newer than 5")
        return true
      case "\x95":
        reader.skip(8)
        return true
      case "N":
        return this.#push(null)
      case "\x88":
        return this.#push(true)
      case "\x89":
        return this.#push(false)
      case "K":
        return this.#push(reader.uint8())
      case "M":
        return this.#push(reader.uint16())
      case "J":
        return this.#push(reader.int32())
      case "\x8a":
        return this.#push(reader.long(reader.uint8()))
      case "\x8b":
        return this.#push(reader.long(reader.uint32()))
      case "L":
        return this.#push(reader.decimal())
      case "I": {
        const start = reader.at
        const text = reader.line()
        if (text === "00" || text === "01") return this.#push(text === "01")
        reader.at = start
        return this.#push(reader.decimal())
      }
      case "G":
        return this.#push(reader.float64())
      case "F": {
        const text = reader.line()
        if (!/^[+-]?(\d+\.?\d*(e[+-]?\d+)?|inf|nan)$/i.test(text)) throw new PickleProblem("a number is not one")
        return this.#push(Number(text.replace(/inf/i, "Infinity")))
      }
      case "X":
        return this.#push(reader.text(reader.uint32()))
      case "\x8c":
        return this.#push(reader.text(reader.uint8()))
      case "\x8d":
        return this.#push(reader.text(reader.uint64()))
      case "V":
        return this.#push(rawUnicodeString(reader.line()))
      case "S":
        return this.#push(quotedString(reader.line()))
      case "U":
        return this.#push(reader.latin1(reader.uint8()))
      case "T":
        return this.#push(reader.latin1(reader.uint32()))
      case "C":
        return this.#push(reader.bytes(reader.uint8()))
      case "B":
        return this.#push(reader.bytes(reader.uint32()))
      case "\x8e":
      case "\x96":
        return this.#push(reader.bytes(reader.uint64()))
      case "0":
        this.#popAny()
        return true
      case "1":
        this.#popMark()
        return true
      case "2":
        return this.#push(this.#top())
      case "(":
        this.#stack.push(mark)
        return true
      case "p":
        return this.#remember(Number(reader.decimal()))
      case "q":
        return this.#remember(reader.uint8())
      case "r":
        return this.#remember(reader.uint32())
      case "\x94":
        return this.#remember(this.#memo.size)
      case "g":
        return this.#recall(Number(reader.decimal()))
      case "h":
        return this.#recall(reader.uint8())
      case "j":
        return this.#recall(reader.uint32())
      default:
        return false
    }
  }

  /** Instructions that make or fill lists, tuples, dicts and sets. */
  #container(opcode: number): boolean {
    switch (String.fromCharCode(opcode)) {
      case "]":
      case ")":
        return this.#push([])
      case "l":
      case "t":
        return this.#push(this.#popMark())
      case "\x85":
        return this.#push(this.#popMany(1))
      case "\x86":
        return this.#push(this.#popMany(2))
      case "\x87":
        return this.#push(this.#popMany(3))
      case "}":
        return this.#push(new Map())
      case "d":
        return this.#push(setItems(new Map(), this.#popMark()))
      case "\x8f":
        return this.#push(new Set())
      case "\x91":
        return this.#push(new Set(this.#popMark()))
      case "a":
      case "e": {
        const items = opcode === 0x61 ? this.#popMany(1) : this.#popMark()
        const list = this.#top()
        if (!Array.isArray(list)) throw new PickleProblem("something is appended to what is not a list")
        for (const item of items) list.push(item)
        return true
      }
      case "s":
      case "u": {
        const items = opcode === 0x73 ? this.#popMany(2) : this.#popMark()
        const dict = this.#top()
        if (!(dict instanceof Map)) throw new PickleProblem("an item is set on what is not a dict")
        setItems(dict, items)
        return true
      }
      case "\x90": {
        const items = this.#popMark()
        const set = this.#top()
        if (!(set instanceof Set)) throw new PickleProblem("something is added to what is not a set")
        for (const item of items) set.add(item)
        return true
      }
      default:
        return false
    }
  }

  /** Instructions that name or call something: the dangerous ones. */
  #object(opcode: number): boolean {
    switch (String.fromCharCode(opcode)) {
      case "c": {
        const module = this.#reader.line()
        return this.#push(this.#global(module, this.#reader.line()))
      }
      case "\x93": {
        const [module, name] = this.#popMany(2)
        return this.#push(this.#global(module, name))
      }
      case "i": {
        const module = this.#reader.line()
        const callable = this.#global(module, this.#reader.line())
        return this.#push(this.#call(callable, this.#popMark()))
      }
      case "o": {
        const [callable, ...args] = this.#popMark()
        return this.#push(this.#call(callable, args))
      }
      case "R":
      case "\x81": {
        const [callable, args] = this.#popMany(2)
        return this.#push(this.#call(callable, args))
      }
      case "\x92": {
        const [callable, args, named] = this.#popMany(3)
        if (!(named instanceof Map) || named.size > 0) throw new PickleProblem("a call has named arguments")
        return this.#push(this.#call(callable, args))
      }
      case "b": {
        const state = this.#pop()
        const object = this.#top()
        if (object instanceof ScriptObject) object.state = state
        // The attributes of an OrderedDict (`_metadata` of a state dict) say nothing about its tensors.
        else if (!(object instanceof Map)) throw new PickleProblem("a state is set on what is not an object")
        return true
      }
      case "Q":
        return this.#push(this.#options.resolvePersistent(this.#pop()))
      case "P":
        return this.#push(this.#options.resolvePersistent(this.#reader.line()))
      case "\x82":
      case "\x83":
      case "\x84":
        throw new PickleProblem("it calls from the extension registry", "copyreg extension")
      case "\x97":
      case "\x98":
        throw new PickleProblem("it refers to buffers outside the file")
      default:
        return false
    }
  }

  #global(module: unknown, name: unknown): unknown {
    if (typeof module !== "string" || typeof name !== "string") throw new PickleProblem("a name is not text")
    const value = this.#options.resolveGlobal(module, name)
    if (value === undefined) throw new PickleProblem(`it tries to call ${module}.${name}`, `${module}.${name}`)
    return value
  }

  #call(callable: unknown, args: unknown): unknown {
    if (!(callable instanceof PickleFunction)) throw new PickleProblem("it calls what is not a function")
    if (!Array.isArray(args)) throw new PickleProblem(`the arguments of ${callable.name} are not a tuple`)
    return callable.call(args)
  }

  #push(value: unknown): true {
    this.#stack.push(value)
    return true
  }

  #popAny(): unknown {
    if (this.#stack.length === 0) throw new PickleProblem("it takes from an empty stack")
    return this.#stack.pop()
  }

  #pop(): unknown {
    const value = this.#popAny()
    if (value === mark) throw new PickleProblem("a mark stands where a value should")
    return value
  }

  #popMany(count: number): unknown[] {
    const values = Array.from({ length: count }, () => this.#pop())
    return values.reverse()
  }

  #popMark(): unknown[] {
    const at = this.#stack.lastIndexOf(mark)
    if (at < 0) throw new PickleProblem("a mark is missing")
    const values = this.#stack.splice(at)
    values.shift()
    return values
  }

  #top(): unknown {
    const value = this.#stack.at(-1)
    if (value === undefined || value === mark) throw new PickleProblem("it looks at an empty stack")
    return value
  }

  #remember(key: number): true {
    this.#memo.set(key, this.#top())
    return true
  }

  #recall(key: number): true {
    if (!this.#memo.has(key)) throw new PickleProblem(`nothing is remembered as ${key}`)
    return this.#push(this.#memo.get(key))
  }
}

function setItems(dict: Map<unknown, unknown>, items: readonly unknown[]): Map<unknown, unknown> {
  if (items.length % 2 !== 0) throw new PickleProblem("a key has no value")
  for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1])
  return dict
}
