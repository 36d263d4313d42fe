import type { World } from "./world.ts"

/** The first world to learn: one object a cell of nine, forty kinds, eight settings. */
export const smallWorld: World = {
  name: "small",
  imageSize: 72,
  kinds: [
    ...["cat", "dog", "pig", "frog", "penguin", "owl", "whale", "fish", "crab", "turtle", "butterfly", "bee"],
    ...["elephant", "rabbit", "lion", "apple", "banana", "strawberry", "lemon", "pineapple", "pizza", "carrot"],
    ...["burger", "donut", "car", "bus", "train", "rocket", "sailboat", "bicycle", "tractor", "airplane", "ball"],
    ...["umbrella", "guitar", "key", "clock", "gift", "tree", "cactus"],
  ],
  settings: ["grass", "sea", "night", "snow", "desert", "room", "plain white", "plain pink"],
  objects: { minimum: 1, maximum: 3 },
  repeatChance: 0.3,
  objectSize: { minimum: 19, maximum: 25 },
  placement: { type: "grid", rows: 3, columns: 3, jitter: 2 },
  flips: true,
  rotation: 0,
  brightness: { minimum: 0.85, maximum: 1.1 },
  heldOut: 0.1,
}
