import { InvalidArgumentError } from "commander"

/** Reads a whole number of the command line, or says what it has to be. */
export function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (Number.isSafeInteger(value) && value >= minimum) return value
    throw new InvalidArgumentError(`It has to be a whole number of at least ${minimum}.`)
  }
}
