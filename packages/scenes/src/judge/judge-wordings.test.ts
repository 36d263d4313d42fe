import { expect, test } from "vitest"
import type { About } from "../dialogue/about.ts"
import type { Scene, SceneObject } from "../scene/scene.ts"
import type { Zone } from "../scene/zone.ts"
import { zones } from "../scene/zone.ts"
import { smallWorld } from "../world/small-world.ts"
import { judgeAnswer } from "./judge-answer.ts"

function object(kind: string, zone: Zone): SceneObject {
  const at = zones.indexOf(zone)
  const [x, y] = [12 + 24 * (at % 3), 12 + 24 * Math.floor(at / 3)]
  return { kind, zone, x, y, left: x - 10, top: y - 10, size: 20, flipped: false, angle: 0 }
}

const scene: Scene = {
  world: smallWorld,
  seed: 3,
  split: "train",
  setting: "sea",
  brightness: 1,
  objects: [object("cat", "top"), object("owl", "left"), object("cat", "bottom right")],
}
const aside: Scene = { ...scene, objects: [object("cat", "top"), object("owl", "left")] }
const judge = (about: About, answer: string) =>
  judgeAnswer({ kind: "what", question: "", answer: "", about, scene: about.type === "side" ? aside : scene }, answer)
const sides = { type: "side", kind: "owl", directions: ["left of", "right of"], other: "cat" } as const

test.each<[About, string]>([
  [{ type: "objects" }, "I can see two cats and one owl."],
  [{ type: "objects" }, "Two cats, one at the top and one at the bottom right, and an owl on the left side."],
  [{ type: "objects" }, "A cat (top), an owl in the left and another cat in the lower right corner."],
  [{ type: "objects" }, "At the top there is a cat. On the left there is an owl. In the bottom-right corner is a cat."],
  [
    { type: "objects" },
    "There is an owl on the left. There are also 2 cats. The owl is left of the cat at the bottom right.",
  ],
  [{ type: "places", kind: "cat" }, "One cat is at the top, the other cat is at the bottom right."],
  [{ type: "places", kind: "owl" }, "It's the owl at the left of the picture."],
  [{ type: "places", kind: "dog" }, "I don't see a dog."],
  [{ type: "zone", zone: "center" }, "Nothing is there."],
  [{ type: "zone", zone: "left" }, "That is an owl."],
  [{ type: "presence", kinds: ["dog"] }, "No."],
  [{ type: "presence", kinds: ["dog"] }, "There is no dog here."],
  [{ type: "presence", kinds: ["cat"] }, "YES"],
  [{ type: "presence", kinds: ["cat"] }, "I see two cats"],
  [{ type: "presence", kinds: ["cat"], zone: "left" }, "No, the thing on the left is an owl."],
  [{ type: "count", kinds: ["cat"], nouns: ["cat", "cats"] }, "2"],
  [{ type: "count", kinds: ["cat"], nouns: ["cat", "cats"] }, "There are two cats, one at the top."],
  [{ type: "count", kinds: ["cat"], nouns: ["cat", "cats"] }, "A cat at the top and a cat at the bottom right."],
  [{ type: "count", kinds: ["dog"], nouns: ["dog", "dogs"] }, "None."],
  [{ type: "count", nouns: ["things"] }, "Two cats and one owl: three things."],
  [{ type: "beside", direction: "above", kind: "owl" }, "A cat is above the owl."],
  [{ type: "beside", direction: "left of", kind: "owl" }, "Nothing."],
  [sides, "The owl is left of the cat."],
  [sides, "To the left."],
  [sides, "The owl is on the left of the picture and the cat at the top: left of it."],
  [{ type: "others", kind: "owl" }, "Next to the owl there are two cats."],
  [{ type: "setting" }, "It looks like the ocean."],
  [{ type: "colours", kind: "owl" }, "It is brown."],
  [{ type: "talk", topic: "outside" }, "Sorry, I cannot know that."],
])("%j: %s is right", (about, answer) => {
  expect(judge(about, answer)).toBe("right")
})

test.each<[About, string]>([
  [{ type: "objects" }, "I can see a cat and an owl."],
  [{ type: "objects" }, "I can see three cats and one owl."],
  [{ type: "objects" }, "Two cats, one at the top and one at the bottom left, and an owl on the left."],
  [{ type: "objects" }, "Two cats, an owl and a dog."],
  [{ type: "objects" }, "A cat at the top, an owl on the left and a cat at the bottom right, in the desert."],
  [{ type: "places", kind: "cat" }, "The cat is at the top."],
  [{ type: "places", kind: "owl" }, "The owl is on the right."],
  [{ type: "places", kind: "dog" }, "The dog is on the right."],
  [{ type: "zone", zone: "left" }, "A cat."],
  [{ type: "zone", zone: "left" }, "Nothing."],
  [{ type: "zone", zone: "center" }, "An owl."],
  [{ type: "presence", kinds: ["dog"] }, "Yes, there is a dog at the top."],
  [{ type: "presence", kinds: ["cat"] }, "Yes, there is a cat in the center."],
  [{ type: "presence", kinds: ["cat"] }, "Yes and no."],
  [{ type: "presence", kinds: ["cat"] }, ""],
  [{ type: "presence", kinds: ["cat"] }, "Maybe."],
  [{ type: "count", kinds: ["cat"], nouns: ["cat", "cats"] }, "One cat."],
  [{ type: "count", kinds: ["cat"], nouns: ["cat", "cats"] }, "A cat at the top and a cat at the left: two."],
  [{ type: "count", kinds: ["cat"], nouns: ["cat", "cats"] }, "many"],
  [{ type: "beside", direction: "above", kind: "owl" }, "Nothing is above the owl."],
  [sides, "The owl is right of the cat."],
  [sides, "Left or right."],
  [sides, "The owl is above the cat."],
  [{ type: "others", kind: "owl" }, "Nothing."],
  [{ type: "others", kind: "owl" }, "Besides the owl I see a cat at the top."],
  [{ type: "setting" }, "The sea or the desert."],
  [{ type: "colours", kind: "owl" }, "The owl is brown and green."],
  [{ type: "talk", topic: "outside" }, "I cannot know that. I see a dog."],
  [{ type: "talk", topic: "greeting" }, "A cat."],
])("%j: %s is wrong", (about, answer) => {
  expect(judge(about, answer)).toBe("wrong")
})
