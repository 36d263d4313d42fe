import { choice } from "../machine/choice.ts"
import type { Expression } from "../machine/expression.ts"
import { lazy } from "../machine/lazy.ts"
import { sequence } from "../machine/sequence.ts"

export interface NumberRange {
  minimum?: number | undefined
  exclusiveMinimum?: number | undefined
  maximum?: number | undefined
  exclusiveMaximum?: number | undefined
  /** Whole, and so are the numbers then. */
  multipleOf?: number | undefined
  /** Most digits after the point; 0 for whole numbers. */
  places: number
}

/** Digits before the point: as many as a double can tell apart. */
const WHOLE_DIGITS = 15

/** The numbers of a range, without exponents: digit by digit, only what can still become one of them. */
export function rangedNumber(range: NumberRange): Expression {
  const scale = 10n ** BigInt(range.places)
  const bounds = scaledBounds(range, scale)
  const step = BigInt(range.multipleOf ?? 1)
  /** Whether a number of the range lies between two scaled numbers. */
  const meets = (from: bigint, to: bigint): boolean => {
    const low = from > bounds.low ? from : bounds.low
    const high = to < bounds.high ? to : bounds.high
    return ceilTo(low, step) <= high
  }
  const viable = (text: string) => reaches(text, range.places).some(([from, to]) => meets(from, to))
  const isWithin = (text: string) => {
    const value = /\d$/.test(text) ? exactly(text, range.places) : undefined
    return value !== undefined && meets(value, value) && holds(Number(text), range)
  }
  const after = (text: string): Expression =>
    choice(
      ...(isWithin(text) ? [sequence()] : []),
      ...Array.from("-0123456789.", (character) => ({ character, next: text + character }))
        .filter(({ next }) => isNumberStart(next, range.places) && viable(next))
        .map(({ character, next }) =>
          sequence(
            character,
            lazy(() => after(next)),
          ),
        ),
    )
  return after("")
}

/** The least and the greatest number of the range, as multiples of its last place. */
function scaledBounds(range: NumberRange, scale: bigint): { low: bigint; high: bigint } {
  const most = 10n ** BigInt(WHOLE_DIGITS) * scale - 1n
  const scaled = (value: number | undefined, round: (value: number) => number): bigint[] => {
    if (value === undefined) return []
    const product = round(value * Number(scale))
    if (product > Number(most)) return [most + 1n]
    return [product < -Number(most) ? -most - 1n : BigInt(product)]
  }
  const lows = [
    ...scaled(range.minimum, Math.ceil),
    ...scaled(range.exclusiveMinimum, (value) => Math.floor(value) + 1),
  ]
  const highs = [
    ...scaled(range.maximum, Math.floor),
    ...scaled(range.exclusiveMaximum, (value) => Math.ceil(value) - 1),
  ]
  return {
    low: lows.reduce((low, bound) => (bound > low ? bound : low), -most),
    high: highs.reduce((high, bound) => (bound < high ? bound : high), most),
  }
}

/** The scaled numbers that texts beginning like this stand for, as intervals. */
function reaches(text: string, places: number): [from: bigint, to: bigint][] {
  const scale = 10n ** BigInt(places)
  const [, sign, whole = "", point, fraction = ""] = /^(-?)(\d*)(\.?)(\d*)$/.exec(text)!
  const signed = (from: bigint, to: bigint): [bigint, bigint] => (sign === "-" ? [-to, -from] : [from, to])
  if (whole === "") return [signed(sign === "-" && places === 0 ? 1n : 0n, 10n ** BigInt(WHOLE_DIGITS) * scale)]
  if (point !== "") {
    const unit = 10n ** BigInt(places - fraction.length)
    const from = BigInt(whole + fraction) * unit
    return [signed(from, from + unit - 1n)]
  }
  const longest = whole === "0" ? 0 : WHOLE_DIGITS - whole.length
  return Array.from({ length: longest + 1 }, (_, more) => {
    const unit = 10n ** BigInt(more) * scale
    return signed(BigInt(whole) * unit, (BigInt(whole) + 1n) * unit - 1n)
  })
}

function exactly(text: string, places: number): bigint {
  const [whole = "", fraction = ""] = text.replace("-", "").split(".")
  const value = BigInt(whole + fraction.padEnd(places, "0"))
  return text.startsWith("-") ? -value : value
}

function isNumberStart(text: string, places: number): boolean {
  const match = /^-?(0|[1-9]\d*)?(\.(\d*))?$/.exec(text)
  if (!match || (match[1] === undefined && match[2] !== undefined)) return false
  return (
    (match[1] ?? "").length <= WHOLE_DIGITS && (match[2] === undefined || (places > 0 && match[3]!.length <= places))
  )
}

/** In doubles, as whoever checks the answer will do it. */
function holds(value: number, { minimum, exclusiveMinimum, maximum, exclusiveMaximum }: NumberRange): boolean {
  if (minimum !== undefined && value < minimum) return false
  if (maximum !== undefined && value > maximum) return false
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return false
  return exclusiveMaximum === undefined || value < exclusiveMaximum
}

function ceilTo(value: bigint, step: bigint): bigint {
  const rest = value % step
  if (rest === 0n) return value
  return rest > 0n ? value - rest + step : value - rest
}
