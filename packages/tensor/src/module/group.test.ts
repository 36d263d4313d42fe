import { expect, test } from "vitest"
import { group } from "./group.ts"
import { LayerNorm } from "./layer-norm.ts"
import { Linear } from "./linear.ts"
import { Module } from "./module.ts"
import { Parameter } from "./parameter.ts"

test("members are found by their names, however deep", () => {
  const layer = () => group({ norm: new LayerNorm(2), mlp: group({ fc: new Linear(2, 3, { bias: false }) }) })
  const tower = group({ scale: new Parameter([1]), layers: [layer(), layer()] })
  expect(tower).toBeInstanceOf(Module)
  expect(tower.layers[1]!.mlp.fc.weight.shape).toEqual([3, 2])
  expect([...tower.namedParameters()].map(([path]) => path)).toEqual([
    "scale",
    "layers.0.norm.weight",
    "layers.0.norm.bias",
    "layers.0.mlp.fc.weight",
    "layers.1.norm.weight",
    "layers.1.norm.bias",
    "layers.1.mlp.fc.weight",
  ])
})
