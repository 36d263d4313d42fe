/** Code points from one to another, both included. */
export type CodePointRange = readonly [from: number, to: number]
