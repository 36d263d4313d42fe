import { mediumWorld } from "./medium-world.ts"
import type { World } from "./world.ts"

/** Every kind, up to eight objects, turned and partly over each other. */
export const largeWorld: World = {
  name: "large",
  imageSize: 144,
  kinds: [
    ...mediumWorld.kinds,
    ...["camel", "giraffe", "kangaroo", "goat", "deer", "crocodile", "lizard", "bat", "scorpion"],
    ...["lobster", "squid", "jellyfish", "seal", "ant", "hedgehog", "swan", "eagle", "peacock"],
    ...["rooster", "wolf", "rhino", "hippo", "raccoon", "dragon", "coconut", "mango", "potato"],
    ...["onion", "cucumber", "taco", "waffle", "canoe", "scooter", "flying saucer", "skateboard", "accordion"],
    ...["saxophone", "wrench", "screwdriver", "watch", "hourglass", "flashlight", "laptop", "magnet", "paintbrush"],
    ...["tulip", "clover", "shirt", "backpack", "church", "hut", "lighthouse", "bed", "door"],
    ...["bathtub", "anchor", "coin", "shield", "telescope", "microscope", "snowman", "rainbow", "fire"],
    ...["broom", "basket", "ladder", "toothbrush", "spoon"],
  ],
  settings: [...mediumWorld.settings, "beach", "plain green", "plain yellow", "plain gray"],
  objects: { minimum: 1, maximum: 8 },
  repeatChance: 0.35,
  objectSize: { minimum: 20, maximum: 48 },
  placement: { type: "free", overlap: 0.2 },
  flips: true,
  rotation: 30,
  brightness: { minimum: 0.75, maximum: 1.1 },
  heldOut: 0.1,
}
