import { defineKind } from "./define-kind.ts"
import type { Kind } from "./kind.ts"

export const vehicles: readonly Kind[] = [
  defineKind("vehicle", "car", "automobile", ["red"], { also: ["automobile"] }),
  defineKind("vehicle", "bus", "bus", ["yellow", "white", "blue"], { plural: "buses" }),
  defineKind("vehicle", "train", "locomotive", ["red", "black", "blue"], { also: ["locomotive"] }),
  defineKind("vehicle", "rocket", "rocket", ["gray", "red", "blue"]),
  defineKind("vehicle", "sailboat", "sailboat", ["red", "white"], { also: ["sailing boat"], alike: ["boat", "ship"] }),
  defineKind("vehicle", "bicycle", "bicycle", ["gray", "blue"], { also: ["bike"] }),
  defineKind("vehicle", "tractor", "tractor", ["green", "black"]),
  defineKind("vehicle", "airplane", "airplane", ["blue", "gray"], { also: ["plane"] }),
  defineKind("vehicle", "helicopter", "helicopter", ["yellow", "gray"]),
  defineKind("vehicle", "motorcycle", "motorcycle", ["red", "gray"], { also: ["motorbike"] }),
  defineKind("vehicle", "ambulance", "ambulance", ["white", "red", "blue"]),
  defineKind("vehicle", "truck", "delivery-truck", ["orange", "gray"], { also: ["lorry"] }),
  defineKind("vehicle", "ship", "ship", ["red", "white", "blue"], { alike: ["boat"] }),
  defineKind("vehicle", "canoe", "canoe", ["brown", "orange"], { alike: ["boat"] }),
  defineKind("vehicle", "scooter", "kick-scooter", ["blue", "gray"]),
  defineKind("vehicle", "flying saucer", "flying-saucer", ["gray", "blue"]),
]
