import type { ColourName } from "./kind.ts"

/** Colours that people may take for each other. */
const near: Readonly<Record<ColourName, readonly ColourName[]>> = {
  red: ["orange", "pink", "brown", "purple"],
  orange: ["red", "yellow", "brown"],
  yellow: ["orange", "brown", "white"],
  green: ["blue", "yellow"],
  blue: ["green", "purple", "gray"],
  purple: ["blue", "pink", "red"],
  pink: ["red", "purple", "orange"],
  brown: ["red", "orange", "yellow", "black"],
  gray: ["white", "black", "blue", "brown"],
  black: ["gray", "brown", "blue"],
  white: ["gray", "yellow"],
}

/** The colours that nobody would name for something of these colours. */
export function farColours(colours: readonly ColourName[]): ColourName[] {
  const excluded = new Set(colours.flatMap((colour) => [colour, ...near[colour]]))
  return (Object.keys(near) as ColourName[]).filter((colour) => !excluded.has(colour))
}
