import { beforeAll, describe, expect, test } from "vitest"
import { drawScene } from "../drawing/draw-scene.ts"
import { kinds as allKinds } from "../kinds/kinds.ts"
import { SeededRandom } from "../random/seeded-random.ts"
import { makeScene } from "../scene/make-scene.ts"
import { sceneSeed } from "../scene/scene-seed.ts"
import { loadSprites } from "../sprite/load-sprites.ts"
import type { Sprites } from "../sprite/sprites.ts"
import { smallWorld } from "../world/small-world.ts"
import { worlds } from "../world/worlds.ts"
import { askScene } from "./ask-scene.ts"
import { makers } from "./makers/makers.ts"
import { type QuestionKind, questionKinds } from "./question-kind.ts"

const columns = ["left", "", "right"]
const rows = ["top", "", "bottom"]
const numbers = ["zero", "one", "two", "three"]

interface Seen {
  name: string
  zone: string
  x: number
  y: number
}

/** What should be answered, from the boxes of the pixels and the words of the question alone. */
function expected(question: string, seen: readonly Seen[], background: string): RegExp | string | undefined {
  const a = ({ name, zone }: Seen) => `${/^[aeiou]/.test(name) ? "an" : "a"} ${name} at the ${zone}`
  const the = ({ name, zone }: Seen) => `the ${name} at the ${zone}`
  const of = (name: string) =>
    seen.filter((each) => each.name === name || `${each.name}s` === name || pluralOf(each.name) === name)
  const list = (some: readonly Seen[], word = a) => some.map(word).join(", ")
  if (question === "what is there?") return `${list(seen)}.`
  if (question === "how many things?") return `${list(seen)}: ${numbers[seen.length]}.`
  if (question === "what is the background?") return `${background}.`
  const at = /^what is at the (.*)\?$/.exec(question)
  if (at) {
    const found = seen.filter(({ zone }) => zone === at[1]).map((each) => a(each).replace(/ at the .*/, ""))
    return `at the ${at[1]}: ${found.join(", ") || "nothing"}.`
  }
  const where = /^where (?:is|are) the (.*)\?$/.exec(question)
  if (where) {
    const found = of(where[1]!)
    return found.length === 0 ? `no ${where[1]}.` : `${list(found, found.length > 1 ? a : the)}.`
  }
  const present = /^is there (an?) (.*)\?$/.exec(question)
  if (present) {
    const found = of(present[2]!)
    return found.length > 0 ? `${list(found)}? yes.` : `${present[1]} ${present[2]}? no.`
  }
  const many = /^how many (.*)\?$/.exec(question)
  if (many) {
    const found = of(many[1]!)
    const places = found.map(({ zone }) => ` at the ${zone}`).join("")
    return new RegExp(`^\\S+${places}: ${numbers[found.length]}\\.$`)
  }
  const isBeside = (one: Seen, side: string, other: Seen) => {
    const along = {
      "left of": other.x - one.x,
      "right of": one.x - other.x,
      above: other.y - one.y,
      below: one.y - other.y,
    }
    return along[side as keyof typeof along] > 12
  }
  const relation = /^what is (left of|right of|above|below) the (.*)\?$/.exec(question)
  if (relation) {
    const [subject] = of(relation[2]!)
    const found = seen.filter((each) => isBeside(each, relation[1]!, subject!))
    return `${the(subject!)}, ${list(found, the) || "nothing"}.`
  }
  const side = /^is the (.*?) (left of|right of|above|below) the (.*)\?$/.exec(question)
  if (!side) return undefined
  const [[one], [other]] = [of(side[1]!), of(side[3]!)]
  const pair = side[2]!.endsWith("of") ? ["left of", "right of"] : ["above", "below"]
  const truth = pair.find((each) => isBeside(one!, each, other!))
  return `${the(one!)}, ${the(other!)}: ${truth}, ${truth === side[2] ? "yes" : "no"}.`
}

function pluralOf(name: string): string {
  const irregular: Record<string, string> = { butterfly: "butterflies", strawberry: "strawberries", bus: "buses" }
  return irregular[name] ?? (name === "fish" ? "fish" : name === "cactus" ? "cactuses" : `${name}s`)
}

describe("compact questions", () => {
  let sprites: Sprites
  beforeAll(async () => {
    sprites = await loadSprites(smallWorld)
  })

  test("have the answers that the pixels and the words of the question give", () => {
    const kinds = new Map<QuestionKind, number>()
    for (let index = 0; index < 400; index++) {
      const scene = makeScene(smallWorld, sceneSeed({ split: "test", run: 8, index }))
      const seen = drawScene(scene, sprites).boxes.map(([left, top, width, height], at) => {
        const [x, y] = [left + width / 2, top + height / 2]
        const zone = `${rows[Math.floor(y / 24)]} ${columns[Math.floor(x / 24)]}`.trim() || "center"
        return { name: scene.objects[at]!.kind, zone, x, y }
      })
      for (const { kind, question, answer } of askScene(scene, {
        form: "compact",
        random: new SeededRandom(index),
        count: 8,
      })) {
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
        const truth = expected(question, seen, scene.setting)
        if (truth instanceof RegExp) expect(answer, question).toMatch(truth)
        else expect(answer, question).toBe(truth)
      }
    }
    expect(kinds.size).toBe(9)
    expect(Math.min(...kinds.values())).toBeGreaterThan(80)
  })
})

test("no kind of yes/no question is won by always saying the same", () => {
  const yes = new Map<string, { yes: number; all: number }>()
  const random = new SeededRandom(5)
  for (let index = 0; index < 500; index++) {
    const scene = makeScene(smallWorld, sceneSeed({ split: "test", run: 8, index }))
    const kinds = questionKinds.filter((kind) => /yes-no/.test(kind) && !kind.startsWith("size"))
    for (const { kind, answer } of askScene(scene, { form: "plain", first: "decision", random, count: 4, kinds })) {
      const count = yes.get(kind) ?? { yes: 0, all: 0 }
      yes.set(kind, count)
      count.all++
      if (answer.startsWith("Yes")) count.yes++
    }
  }
  expect(yes.size).toBe(5)
  for (const [kind, count] of yes) {
    expect(count.yes / count.all, kind).toBeGreaterThan(0.4)
    expect(count.yes / count.all, kind).toBeLessThan(0.6)
  }
})

test("questions of one scene are different, and the same for the same random choices", () => {
  const scene = makeScene(smallWorld, sceneSeed({ split: "train", run: 8, index: 2 }))
  const ask = () => askScene(scene, { form: "rich", random: new SeededRandom(9), count: 12, typed: 0.5 })
  const topics = ask().map(({ about }) => JSON.stringify(about))
  expect(new Set(topics).size).toBe(12)
  expect(ask()).toEqual(ask())
})

test("a zone is asked about where no object in a zone beside it could be meant, too", () => {
  const near = { top: /^top ./, bottom: /^bottom ./, left: /. left$/, right: /. right$/ }
  const random = new SeededRandom(6)
  let asked = 0
  for (let index = 0; index < 300; index++) {
    const scene = makeScene(smallWorld, sceneSeed({ split: "test", run: 8, index }))
    for (const { about } of askScene(scene, { form: "plain", random, count: 4, kinds: ["at", "yes-no-at"] })) {
      if ((about.type !== "zone" && about.type !== "presence") || about.zone === undefined) continue
      const meant = scene.objects.filter(({ kind }) => about.type === "zone" || about.kinds.includes(kind))
      const { zone } = about
      const pattern = near[zone as keyof typeof near]
      const beside = meant.filter((object) =>
        pattern ? pattern.test(object.zone) : object.zone !== "center" && zone.split(" ").includes(object.zone),
      )
      expect(beside, `${zone} of ${JSON.stringify(meant.map((object) => object.zone))}`).toEqual([])
      asked++
    }
  }
  expect(asked).toBeGreaterThan(500)
})

test('"it" is the only object of a kind that the question before was about', () => {
  const random = new SeededRandom(7)
  const kinds: QuestionKind[] = ["where", "yes-no", "relation", "relation-yes-no", "side", "others", "colour", "count"]
  let follow = 0
  for (let index = 0; index < 300; index++) {
    const scene = makeScene(smallWorld, sceneSeed({ split: "test", run: 8, index }))
    const asked = askScene(scene, { form: "plain", random, count: 5, kinds, variedQuestions: true, followUps: 0.5 })
    for (const [at, { question, about }] of asked.entries()) {
      if (!/\bit\b/.test(question) || /\bit (true|right|in)\b/.test(question)) continue
      if (!("kind" in about)) continue
      const meant = about.kind
      if (new RegExp(`\\b${meant}`).test(question)) continue
      const before = asked[at - 1]!.about
      const spoken = "kinds" in before ? before.kinds : "kind" in before ? [before.kind] : []
      expect(spoken, question).toEqual([meant])
      expect(scene.objects.filter(({ kind }) => kind === meant).length, question).toBe(1)
      follow++
    }
    const unrelated = askScene(scene, { form: "plain", random, count: 5, kinds: ["where", "colour"] })
    expect(unrelated.map(({ question }) => question).join(" ")).not.toMatch(/\bit\b/)
  }
  expect(follow).toBeGreaterThan(100)
})

test.each([...worlds.values()])(
  "of the world $name, what is asked for as unknown is in none of its pictures",
  (world) => {
    const random = new SeededRandom(8)
    for (let index = 0; index < 200; index++) {
      const scene = makeScene(world, sceneSeed({ split: "test", run: 8, index }))
      for (const { question, answer } of askScene(scene, {
        ...{ form: "plain", random, count: 2, kinds: ["unknown"], variedQuestions: true },
      })) {
        // The longest name that is spoken: a hot dog is no dog.
        const spoken = [...allKinds.values()]
          .filter(({ name, plural }) => new RegExp(`\\b(${name}|${plural})\\b`).test(question))
          .toSorted((a, b) => b.name.length - a.name.length)
        expect(world.kinds, question).not.toContain(spoken[0]?.name)
        expect(answer).toMatch(/^(I see no|There is no) .*(, so no|: zero|in the picture)\.$/)
      }
    }
  },
)

test.each([...worlds.values()])(
  "in the world $name, nothing that a picture answers is called unanswerable",
  (world) => {
    const plain = (question: string) => question.toLowerCase().replaceAll(/[.?!]/g, "")
    for (let index = 0; index < 300; index++) {
      const scene = makeScene(world, sceneSeed({ split: "train", run: 9, index }))
      const random = new SeededRandom(index)
      const beyond = new Set(makers.outside(scene, random)!.questions.map(plain))
      const answerable = questionKinds
        .filter((kind) => kind !== "outside" && kind !== "talk")
        .flatMap((kind) => makers[kind](scene, random)?.questions ?? [])
      expect(answerable.filter((question) => beyond.has(plain(question)))).toEqual([])
    }
  },
)

test("a choice between settings is asked for only where the world has two", () => {
  const [setting] = smallWorld.settings
  for (const [settings, choices] of [
    [[setting!], 0],
    [smallWorld.settings, 3],
  ] as const) {
    const scene = makeScene({ ...smallWorld, settings: [...settings] }, 4)
    const questions = makers.setting(scene, new SeededRandom(4))!.questions
    expect(
      questions.filter((question) => / or /.test(question) && !/day or night|inside or outside/.test(question)),
    ).toHaveLength(choices)
  }
})
