import type { Category, ColourName, Kind } from "./kind.ts"

type Colours = readonly [ColourName, ...ColourName[]]

function kind(category: Category, name: string, icon: string, colours: Colours, plural = `${name}s`): Kind {
  return { name, plural, icon, category, colours }
}

const all: readonly Kind[] = [
  kind("animal", "cat", "cat-face", ["yellow"]),
  kind("animal", "dog", "dog-face", ["brown", "white"]),
  kind("animal", "pig", "pig-face", ["pink"]),
  kind("animal", "frog", "frog", ["green"]),
  kind("animal", "penguin", "penguin", ["black", "white"]),
  kind("animal", "owl", "owl", ["brown"]),
  kind("animal", "whale", "spouting-whale", ["blue"]),
  kind("animal", "fish", "fish", ["blue"], "fish"),
  kind("animal", "crab", "crab", ["red"]),
  kind("animal", "turtle", "turtle", ["green"]),
  kind("animal", "butterfly", "butterfly", ["blue"], "butterflies"),
  kind("animal", "bee", "honeybee", ["yellow", "black"]),
  kind("animal", "elephant", "elephant", ["gray"]),
  kind("animal", "rabbit", "rabbit-face", ["white", "pink"]),
  kind("animal", "lion", "lion", ["yellow", "brown"]),
  kind("fruit", "apple", "red-apple", ["red"]),
  kind("fruit", "banana", "banana", ["yellow"]),
  kind("fruit", "strawberry", "strawberry", ["red", "green"], "strawberries"),
  kind("fruit", "lemon", "lemon", ["yellow"]),
  kind("fruit", "pineapple", "pineapple", ["yellow", "green"]),
  kind("food", "pizza", "pizza", ["yellow"]),
  kind("vegetable", "carrot", "carrot", ["orange", "green"]),
  kind("food", "burger", "hamburger", ["brown"]),
  kind("food", "donut", "doughnut", ["pink", "brown"]),
  kind("vehicle", "car", "automobile", ["red"]),
  kind("vehicle", "bus", "bus", ["blue"], "buses"),
  kind("vehicle", "train", "locomotive", ["black"]),
  kind("vehicle", "rocket", "rocket", ["gray", "red"]),
  kind("vehicle", "sailboat", "sailboat", ["white"]),
  kind("vehicle", "bicycle", "bicycle", ["blue"]),
  kind("vehicle", "tractor", "tractor", ["green"]),
  kind("vehicle", "airplane", "airplane", ["gray", "blue"]),
  kind("toy", "ball", "soccer-ball", ["white", "black"]),
  kind("thing", "umbrella", "umbrella", ["purple"]),
  kind("instrument", "guitar", "guitar", ["brown"]),
  kind("tool", "key", "key", ["yellow"]),
  kind("thing", "clock", "alarm-clock", ["red"]),
  kind("thing", "gift", "wrapped-gift", ["yellow", "red"]),
  kind("plant", "tree", "deciduous-tree", ["green", "brown"]),
  kind("plant", "cactus", "cactus", ["green"], "cactuses"),
]

/** Every kind of object, by name. */
export const kinds: ReadonlyMap<string, Kind> = new Map(all.map((each) => [each.name, each]))
