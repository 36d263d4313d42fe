import type { Fixture } from "./fixture.ts"

/** Valid tokens of each row, from a right-padded mask of ones and zeros. */
export async function rowLengths(fixture: Fixture, name: string): Promise<number[]> {
  const rows = await fixture.rows(name)
  return rows.map((row, index) => {
    const length = row.filter((value) => value === 1).length
    if (row.every((value, token) => value === (token < length ? 1 : 0))) return length
    throw new Error(`'${name}' row ${index} is not right-padded`)
  })
}
