import { InvalidArgumentError } from "commander"

export interface NumberRange {
  whole?: boolean
  minimum?: number
  maximum?: number
  /** The number must be greater. */
  above?: number
}

/** Reads a number of the command line, or says what it has to be. */
export function numberArgument(range: NumberRange): (text: string) => number {
  return (text) => {
    const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
    if (fits(value, range)) return value
    throw new InvalidArgumentError(`It has to be ${describe(range)}.`)
  }
}

function fits(value: number, { whole = false, minimum, maximum, above }: NumberRange): boolean {
  if (whole ? !Number.isSafeInteger(value) : !Number.isFinite(value)) return false
  return value >= (minimum ?? value) && value <= (maximum ?? value) && (above === undefined || value > above)
}

function describe({ whole = false, minimum, maximum, above }: NumberRange): string {
  const kind = whole ? "a whole number" : "a number"
  if (above !== undefined) return `${kind} above ${above}`
  if (minimum !== undefined && maximum !== undefined) return `${kind} from ${minimum} to ${maximum}`
  return minimum === undefined ? kind : `${kind} of at least ${minimum}`
}
