import type { Category, Kind } from "./kind.ts"

/** Something that is true of some kinds and can be asked for without naming them. */
export interface Property {
  /** After "something that": "one can eat". */
  readonly clause: string
  readonly questions: readonly string[]
  readonly holds: (kind: Kind) => boolean
}

const isOf =
  (...categories: readonly Category[]) =>
  (kind: Kind) =>
    categories.includes(kind.category)
const isOneOf =
  (...names: readonly string[]) =>
  (kind: Kind) =>
    names.includes(kind.name)

/** Every property; kinds for which people would disagree make a property unfit for this list. */
export const properties: readonly Property[] = [
  {
    clause: "one can eat",
    questions: [
      "What can I eat here?",
      "Is there something to eat?",
      "I am hungry. What is there for me?",
      "Is there any food?",
      "any food here?",
      "What food is there?",
      "What would taste good?",
    ],
    holds: isOf("fruit", "vegetable", "food"),
  },
  {
    clause: "takes people somewhere",
    questions: [
      "What could I travel with?",
      "Is there something to travel with?",
      "Which of these takes people somewhere?",
      "What can I ride on?",
    ],
    holds: isOf("vehicle"),
  },
  {
    clause: "makes music",
    questions: ["What could I play music on?", "Is there something that makes music?", "Which of these is for music?"],
    holds: isOf("instrument"),
  },
]

/** Properties of single kinds, asked as yes or no of something that is shown: "Can the bee fly?" */
export const abilities: readonly { verb: string; able: (kind: Kind) => boolean; unable: (kind: Kind) => boolean }[] = [
  {
    verb: "fly",
    able: isOneOf(
      "bee",
      "butterfly",
      "owl",
      "airplane",
      "helicopter",
      "rocket",
      "parrot",
      "eagle",
      "flamingo",
      "swan",
      "duck",
      "bat",
      "dove",
    ),
    unable: isOneOf(
      "elephant",
      "pig",
      "cat",
      "dog",
      "turtle",
      "car",
      "bus",
      "tree",
      "bicycle",
      "tractor",
      "guitar",
      "crab",
      "lion",
      "penguin",
      "cow",
      "horse",
      "giraffe",
      "camel",
      "zebra",
      "house",
      "bed",
      "sofa",
    ),
  },
  {
    verb: "swim",
    able: isOneOf(
      "fish",
      "whale",
      "penguin",
      "turtle",
      "frog",
      "dolphin",
      "shark",
      "octopus",
      "duck",
      "swan",
      "tropical fish",
      "seal",
    ),
    unable: isOneOf(
      "car",
      "bus",
      "tree",
      "cactus",
      "clock",
      "key",
      "guitar",
      "tractor",
      "bicycle",
      "bee",
      "butterfly",
      "house",
      "piano",
      "violin",
      "bed",
      "sofa",
    ),
  },
]
