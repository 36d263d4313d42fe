import { expect, test } from "vitest"
import { Counter } from "./counter.ts"
import { expose } from "./expose.ts"
import { Gauge } from "./gauge.ts"
import { Histogram } from "./histogram.ts"

test("Prometheus's text format", () => {
  const counter = new Counter("c_total", "Things.")
  counter.add({ model: 'a "b"\\\n' })
  counter.add({ model: "m" }, 2)
  counter.add({ model: "m" }, 3)
  const gauge = new Gauge("g", "Now.", () => [[{}, 7]])
  const histogram = new Histogram("h_seconds", "Times.", [0.1, 1])
  for (const value of [0.05, 0.1, 0.5, 2]) histogram.observe({ route: "/" }, value)
  expect(expose([counter, gauge, histogram])).toBe(`# HELP c_total Things.
# TYPE c_total counter
c_total{model="a \\"b\\"\\\\\\n"} 1
c_total{model="m"} 5
# HELP g Now.
# TYPE g gauge
g 7
# HELP h_seconds Times.
# TYPE h_seconds histogram
h_seconds_bucket{route="/",le="0.1"} 2
h_seconds_bucket{route="/",le="1"} 3
h_seconds_bucket{route="/",le="+Inf"} 4
h_seconds_sum{route="/"} 2.65
h_seconds_count{route="/"} 4
`)
})
