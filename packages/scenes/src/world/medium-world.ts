import { smallWorld } from "./small-world.ts"
import type { World } from "./world.ts"

/** Objects of different sizes anywhere in the picture, up to five, none over another. */
export const mediumWorld: World = {
  name: "medium",
  imageSize: 96,
  kinds: [
    ...smallWorld.kinds,
    ...["mouse", "cow", "horse", "panda", "koala", "tiger", "monkey", "fox", "snail"],
    ...["octopus", "dolphin", "duck", "parrot", "flamingo", "ladybug", "snake", "dinosaur", "chick"],
    ...["sheep", "zebra", "spider", "pear", "peach", "watermelon", "kiwi", "tangerine", "eggplant"],
    ...["bell pepper", "hot dog", "sandwich", "egg", "pretzel", "croissant", "cake", "cookie", "lollipop"],
    ...["ice cream", "helicopter", "motorcycle", "ambulance", "truck", "ship", "kite", "teddy bear", "balloon"],
    ...["violin", "trumpet", "drum", "hammer", "axe", "light bulb", "camera", "television", "telephone"],
    ...["pencil", "mushroom", "pumpkin", "sunflower", "rose", "hat", "crown", "dress", "shoe"],
    ...["house", "castle", "tent", "chair", "sofa", "book", "envelope", "trophy", "bell"],
    ...["diamond", "bucket", "teapot"],
  ],
  settings: [...smallWorld.settings, "street", "sunset", "underwater", "plain blue"],
  objects: { minimum: 1, maximum: 5 },
  repeatChance: 0.35,
  objectSize: { minimum: 16, maximum: 32 },
  placement: { type: "free", overlap: 0 },
  flips: true,
  rotation: 0,
  brightness: { minimum: 0.8, maximum: 1.1 },
  heldOut: 0.1,
}
