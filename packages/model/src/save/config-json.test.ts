import { expect, it } from "vitest"
import { configJson } from "./config-json.ts"

it("gives whole numbers their .0 back where Python wants a float", () => {
  const source = '{ "scale": 2.0, "step": 1e3, "size": 3 }'
  const config = {
    rope_theta: 10000,
    scale: 2,
    nested: { step: 1000, scale: -4 },
    size: 3,
    note: '"scale": 2',
    half: 0.5,
  }
  const text = configJson(config, [source])
  expect(JSON.parse(text)).toEqual(config)
  expect(text).toContain('"rope_theta": 10000.0,')
  expect(text).toContain('  "scale": 2.0,')
  expect(text).toContain('    "step": 1000.0,')
  expect(text).toContain('    "scale": -4.0\n')
  expect(text).toContain('"size": 3,')
  expect(text).toContain('"half": 0.5')
})
