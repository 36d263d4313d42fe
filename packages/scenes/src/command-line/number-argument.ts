import { InvalidArgumentError } from "commander"

export interface NumberRange {
  whole?: boolean
  minimum: number
}

/** Reads a number of the command line, or says what it has to be. */
export function numberArgument({ whole = false, minimum }: NumberRange): (text: string) => number {
  return (text) => {
    const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
    const isFitting = whole ? Number.isSafeInteger(value) : Number.isFinite(value)
    if (isFitting && value >= minimum) return value
    throw new InvalidArgumentError(`It has to be ${whole ? "a whole number" : "a number"} of at least ${minimum}.`)
  }
}
