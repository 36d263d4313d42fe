import { expect, test } from "vitest"
import { rasterizeIcon } from "../sprite/rasterize-icon.ts"
import { readIcons } from "../sprite/read-icons.ts"
import type { Sprite } from "../sprite/sprite.ts"
import { farColours } from "./far-colours.ts"
import type { ColourName } from "./kind.ts"
import { kinds } from "./kinds.ts"

/** A name for a pixel's colour by hue, saturation and value, if people agree on one; it knows nothing of the kinds. */
function nameOf(red: number, green: number, blue: number): ColourName | undefined {
  const [high, low] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  const saturation = high === 0 ? 0 : (high - low) / high
  if (high < 70) return "black"
  if (saturation < 0.18) return high > 215 ? "white" : "gray"
  const turn =
    high === red
      ? (green - blue) / (high - low)
      : high === green
        ? 2 + (blue - red) / (high - low)
        : 4 + (red - green) / (high - low)
  const hue = (turn * 60 + 360) % 360
  if (hue < 16 || hue >= 340) return high < 150 ? "brown" : saturation < 0.5 ? "pink" : "red"
  // Skin and cream: pink for some, brown or white for others.
  if (hue < 42 && saturation < 0.45 && high > 210) return undefined
  if (hue < 42) return high < 175 || saturation < 0.45 ? "brown" : "orange"
  if (hue < 68) return high < 130 ? "brown" : "yellow"
  if (hue < 168) return "green"
  if (hue < 256) return saturation < 0.25 ? "gray" : "blue"
  return hue < 300 ? "purple" : "pink"
}

function colourShares({ data }: Sprite): Map<ColourName, number> {
  const counts = new Map<ColourName, number>()
  let all = 0
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]!
    if (alpha < 128) continue
    const [red, green, blue] = [0, 1, 2].map((channel) => (data[at + channel]! * 255) / alpha)
    const name = nameOf(red!, green!, blue!)
    all++
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return new Map([...counts].map(([name, count]) => [name, count / all]))
}

test("every kind's picture has the colours it is said to have, and none that would be denied", async () => {
  const icons = await readIcons([...kinds.values()].map(({ icon }) => icon))
  const faults: string[] = []
  for (const { name, icon, colours } of kinds.values()) {
    const shares = colourShares(await rasterizeIcon(icons.get(icon)!))
    const denied = farColours(colours)
    const sum = (some: readonly ColourName[]) => some.reduce((all, colour) => all + (shares.get(colour) ?? 0), 0)
    if (sum(denied) > 0.3) faults.push(`${name}: ${sum(denied).toFixed(2)} of it is not ${colours.join(", ")}`)
    const unlikeMain = sum(farColours([colours[0]]))
    if (unlikeMain > 0.75) faults.push(`${name}: ${unlikeMain.toFixed(2)} of it is nothing like ${colours[0]}`)
    for (const colour of denied) {
      const share = shares.get(colour) ?? 0
      if (share > 0.25) faults.push(`${name}: ${share.toFixed(2)} of it is ${colour}`)
    }
  }
  expect(faults).toEqual([])
})

test("names are different, and no name is a part of another that would be found first", () => {
  const names = [...kinds.values()].flatMap(({ name, plural, also = [] }) => [...new Set([name, plural, ...also])])
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z]+( [a-z]+)*$/)
})
