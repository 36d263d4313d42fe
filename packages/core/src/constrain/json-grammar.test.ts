import { describe, expect, test } from "vitest"
import { z } from "zod"
// Not by #testing, which brings the GPU with it.
import { byteTokenizer } from "../../../../tests/support/byte-tokenizer.ts"
import { AssembledTokenizer } from "../tokenizer/assembled-tokenizer.ts"
import { jsonGrammar } from "./json-grammar.ts"
import type { JsonSchema } from "./schema/json-schema.ts"

const bytes = byteTokenizer()
const grammarOf = (schema?: JsonSchema) => jsonGrammar({ tokenizer: bytes, vocabSize: bytes.vocabSize, schema })

/** Whether the grammar takes the text whole, token by token as a model would say it. */
function takes(schema: JsonSchema | undefined, text: string): boolean {
  const constraint = grammarOf(schema).begin()
  for (const id of new TextEncoder().encode(text)) {
    if (constraint.allowed()[id] !== 1) return false
    constraint.push(id)
  }
  return constraint.mayEnd
}

const json = (value: unknown) => JSON.stringify(value)

describe("any object", () => {
  test.each([
    ...[
      "{}",
      "{ }",
      ' {"a":1}',
      '{"a": -0.5e+10, "b": [true, false, null, {}, []]}',
      '{\n  "a": {\n    "b": ""\n  }\n}',
    ],
    ...['{"ä": "é\\n\\u00e9\\"𝄞"}', '{"a":[1,2,[3,[4]]]}'],
  ])("takes %j", (text) => {
    expect(() => JSON.parse(text)).not.toThrow()
    expect(takes(undefined, text)).toBe(true)
  })

  test.each([
    ...[
      "",
      "[]",
      "1",
      "{",
      '{"a"}',
      '{"a":}',
      "{a:1}",
      '{"a":1,}',
      '{"a":01}',
      '{"a":.5}',
      '{"a":1.}',
      '{"a":+1}',
      "{}}",
    ],
    ...[
      '{"a":"\n"}',
      '{"a":"\\x"}',
      '{"a":"\\ud800"}',
      "{'a':1}",
      '{"a":nul}',
      "{} {}",
      '{"a":1e}',
      "{,}",
      '{"a":tRue}',
    ],
  ])("does not take %j", (text) => {
    expect(takes(undefined, text)).toBe(false)
  })

  test("does not take broken UTF-8", () => {
    const constraint = grammarOf().begin()
    for (const byte of [...new TextEncoder().encode('{"a":"'), 0xc3]) constraint.push(byte)
    expect(constraint.allowed()[0x22]).toBe(0)
    expect(constraint.allowed()[0xa9]).toBe(1)
    expect(() => constraint.push(0x22)).toThrow(expect.objectContaining({ code: "token-not-allowed" }))
  })
})

const person = z.object({
  name: z.string().min(2).max(4),
  age: z.int().min(0).max(130),
  kind: z.enum(["cat", "dog"]).optional(),
  tags: z.array(z.string()).max(2),
})

describe.each<[name: string, schema: JsonSchema, valid: unknown[], invalid: unknown[]]>([
  [
    "an object of zod's",
    z.toJSONSchema(person) as JsonSchema,
    [
      { name: "Ann", age: 0, tags: [] },
      { name: "𝄞𝄞", age: 130, kind: "dog", tags: ["a", "b"] },
    ],
    [
      {},
      { name: "A", age: 1, tags: [] },
      { name: "Annie", age: 1, tags: [] },
      { name: "Ann", age: 131, tags: [] },
      { name: "Ann", age: -1, tags: [] },
      { name: "Ann", age: 1.5, tags: [] },
      { name: "Ann", age: 1, kind: "cow", tags: [] },
      { name: "Ann", age: 1, tags: ["a", "b", "c"] },
      { name: "Ann", age: 1 },
      { name: "Ann", age: 1, tags: [], more: 1 },
    ],
  ],
  [
    "optional properties",
    { properties: { a: { type: "null" }, b: true, c: { type: "boolean" } } },
    [{}, { a: null }, { b: [1] }, { c: true }, { a: null, c: false }, { b: "x", c: true }],
    [{ a: 1 }, { c: 1 }, []],
  ],
  [
    "properties of any name",
    { type: "object", additionalProperties: { type: "integer" }, minProperties: 1, maxProperties: 2 },
    [{ x: 1 }, { x: 1, y: 2 }],
    [{}, { x: "1" }, { x: 1, y: 2, z: 3 }],
  ],
  ["a required property without description", { type: "object", required: ["x"] }, [{ x: 1 }, { x: {} }], [{}]],
  [
    "a list of places",
    { type: "array", prefixItems: [{ type: "integer" }, { type: "string" }], items: false, minItems: 1 },
    [[1], [1, "a"]],
    [[], ["a"], [1, "a", 2]],
  ],
  [
    "places, and others after them",
    { prefixItems: [{ type: "integer" }], items: { type: "boolean" }, maxItems: 3 },
    [[], [1], [1, true], [1, true, false]],
    [[true], [1, 1], [1, true, true, true]],
  ],
  ["constants", { const: { a: [1, "x"] } }, [{ a: [1, "x"] }], [{ a: [1] }, {}]],
  [
    "values of the type that is said",
    { type: ["integer", "null"], enum: [1, "a", null, 1.5, true] },
    [1, null],
    ["a", 1.5],
  ],
  ["several types", { type: ["string", "null"], maxLength: 1 }, ["", "a", null], ["ab", 1, true]],
  [
    "whole numbers of a step",
    { type: "integer", minimum: -7, exclusiveMaximum: 21, multipleOf: 7 },
    [-7, 0, 7, 14],
    [-14, 1, 21, 10, 70],
  ],
  [
    "whole numbers without an end",
    { type: "integer", minimum: 100 },
    [100, 101, 999, 1000, 123456789012345],
    [0, 1, 99, -100],
  ],
  ["negative numbers", { type: "integer", maximum: -10 }, [-10, -11, -100], [-9, 0, 10, -1]],
  [
    "decimal numbers",
    { type: "number", minimum: -0.5, exclusiveMaximum: 1.25 },
    [0, 1, 1.2, 1.249999, -0.5, -0.25, 0.000001],
    [1.25, 1.3, 2, -0.51, -1, 10],
  ],
  ["cents", { type: "number", multipleOf: 0.01, maximum: 1 }, [0, 0.01, 0.5, 1, -12.34], [0.001, 1.01]],
  [
    "one of several",
    { anyOf: [{ type: "object", properties: { k: { const: "a" } }, required: ["k"] }, { type: "integer" }] },
    [{ k: "a" }, 5],
    [{ k: "b" }, {}, "a"],
  ],
  [
    "all of several",
    {
      allOf: [{ $ref: "#/$defs/a" }, { required: ["x"] }],
      $defs: { a: { type: "object", properties: { x: { type: "integer", minimum: 3 } } } },
    },
    [{ x: 3 }],
    [{}, { x: 2 }],
  ],
  [
    "a tree",
    {
      $ref: "#/$defs/node",
      $defs: {
        node: {
          type: "object",
          properties: { v: { type: "integer" }, c: { type: "array", items: { $ref: "#/$defs/node" } } },
          required: ["v"],
        },
      },
    },
    [{ v: 1 }, { v: 1, c: [{ v: 2, c: [] }, { v: 3 }] }],
    [{ c: [] }, { v: 1, c: [{}] }],
  ],
  ["anything", true, [1, "a", null, { a: [] }], []],
])("%s", (_, schema, valid, invalid) => {
  test.each(valid.map(json))("takes %s", (text) => {
    expect(takes(schema, text)).toBe(true)
  })

  test.each(invalid.map(json))("does not take %s", (text) => {
    expect(takes(schema, text)).toBe(false)
  })
})

describe("schemas that cannot be kept to are refused, not passed over", () => {
  test.each<[JsonSchema, RegExp]>([
    [false, /# is false/],
    [{ not: {} }, /# has not,/],
    [{ type: "object", properties: { a: { contains: {} } } }, /#\/properties\/a has contains/],
    [{ type: "array", uniqueItems: true }, /uniqueItems/],
    [{ type: "date" }, /"date"/],
    [{ type: "string", minLength: 3, maxLength: 2 }, /more characters/],
    [{ type: "integer", minimum: 3, maximum: 2 }, /no number/],
    [{ type: "integer", multipleOf: 0.3 }, /multipleOf/],
    [{ $ref: "https://example.com/schema" }, /refers to/],
    [{ $ref: "#/$defs/x" }, /where there is no schema/],
    [{ $ref: "#/%zz" }, /where there is no schema/],
    [{ $ref: "#/__proto__" }, /where there is no schema/],
    [{ enum: [1, 2], minimum: 2 }, /minimum beside enum/],
    [{ const: 1, enum: [2] }, /enum beside const/],
    [{ type: "string", const: 1 }, /no value of its type/],
    [{ allOf: [{ type: "string" }, { type: "integer" }] }, /type together/],
    [{ enum: [] }, /empty/],
    [{ required: ["a"], properties: {}, additionalProperties: false }, /requires "a"/],
  ])("%j", (schema, message) => {
    expect(() => grammarOf(schema)).toThrow(expect.objectContaining({ code: "schema-unsupported" }))
    expect(() => grammarOf(schema)).toThrow(message)
  })

  test("what refers to nothing but itself has no valid text", () => {
    const schema = { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } }
    expect(() => grammarOf(schema)).toThrow(expect.objectContaining({ code: "nothing-valid" }))
  })

  test.each([
    ["items", 300, /more than 200 schemas/],
    ["items", 20_000, /more than 1000 levels/],
    ["anyOf", 300, /itself/],
  ])("%s within one another, %d of them", (keyword, count, message) => {
    const [open, close] = keyword === "anyOf" ? ['{"anyOf":[', "]}"] : ['{"items":', "}"]
    const schema = JSON.parse(`${open.repeat(count)}true${close.repeat(count)}`) as JsonSchema
    expect(() => grammarOf(schema)).toThrow(message)
  })

  test("a long chain of definitions", () => {
    const definitions = Array.from({ length: 2000 }, (_, i) => [`d${i}`, { items: { $ref: `#/$defs/d${i + 1}` } }])
    const schema = { $ref: "#/$defs/d0", $defs: { ...Object.fromEntries(definitions), d2000: true } }
    expect(() => grammarOf(schema)).toThrow(/more than 200 schemas/)
  })

  test("a schema that would be compiled again and again", () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `d${i}`,
        { minLength: i, anyOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
      ]),
    )
    const schema = { $ref: "#/$defs/d0", $defs: { ...definitions, d40: { type: "string" } } }
    expect(() => grammarOf(schema)).toThrow(/more than \d+ parts/)
  })
})

describe("tokens of several bytes", () => {
  const words = ['{"', 'a":', "1", "2,", '"', "}", " ", "é", '":', "\xff", "}}", '{"a":12}']
  const tokenizer = new AssembledTokenizer({
    tokens: words,
    encodeText: () => [],
    tokenBytes: (id) => new TextEncoder().encode(words[id]),
    addedTokens: [],
    prefix: [],
    suffix: [],
    stripsLeadingSpace: false,
  })
  const schema: JsonSchema = { type: "object", properties: { a: { type: "integer" } }, required: ["a"] }
  const allowedOf = (constraint: { allowed(): Uint8Array }) => words.filter((_, id) => constraint.allowed()[id] === 1)

  test("are allowed where all of their bytes are, and rows beyond the vocabulary never", () => {
    const constraint = jsonGrammar({ tokenizer, vocabSize: 20, schema }).begin()
    expect(allowedOf(constraint)).toEqual(['{"', " ", '{"a":12}'])
    expect(constraint.allowed()).toHaveLength(20)
    constraint.push(0)
    expect(allowedOf(constraint)).toEqual(['a":'])
    constraint.push(1)
    expect(allowedOf(constraint)).toEqual(["1", " "])
    constraint.push(2)
    expect(allowedOf(constraint)).toEqual(["1", "}", " "])
    expect(constraint.mayEnd).toBe(false)
    constraint.push(5)
    expect(constraint).toMatchObject({ mayEnd: true, mayGoOn: false })
    expect(allowedOf(constraint)).toEqual([])
  })

  test("answers do not disturb one another", () => {
    const grammar = jsonGrammar({ tokenizer, vocabSize: words.length, schema })
    const [one, other] = [grammar.begin(), grammar.begin()]
    one.push(11)
    expect(one.mayEnd).toBe(true)
    expect(allowedOf(other)).toEqual(['{"', " ", '{"a":12}'])
  })
})

test("the last grammars of a tokenizer are made once; another vocabulary or schema has its own", () => {
  const tokenizer = byteTokenizer()
  const { vocabSize } = tokenizer
  const schema = (maximum: number): JsonSchema => ({ type: "integer", maximum })
  const first = jsonGrammar({ tokenizer, vocabSize, schema: schema(0) })
  expect(jsonGrammar({ tokenizer, vocabSize, schema: schema(0) })).toBe(first)
  expect(jsonGrammar({ tokenizer, vocabSize: vocabSize + 1, schema: schema(0) })).not.toBe(first)
  expect(jsonGrammar({ tokenizer: byteTokenizer(), vocabSize, schema: schema(0) })).not.toBe(first)
  expect(jsonGrammar({ tokenizer, vocabSize })).not.toBe(jsonGrammar({ tokenizer, vocabSize, schema: true }))
  for (let maximum = 1; maximum <= 16; maximum++) jsonGrammar({ tokenizer, vocabSize, schema: schema(maximum) })
  expect(jsonGrammar({ tokenizer, vocabSize, schema: schema(0) })).not.toBe(first)
})

describe("whatever is said along the grammar is valid", () => {
  const schemas: Record<string, z.ZodType> = {
    person,
    nested: z.object({
      p: z.array(person).min(1).max(2),
      n: z.number().min(-3).max(3),
      o: z.object({ x: z.null() }).optional(),
    }),
    union: z.union([
      z.object({ t: z.literal("a"), v: z.int().multipleOf(5) }),
      z.tuple([z.boolean(), z.string().max(3)]),
    ]),
    record: z.record(z.string(), z.number().gt(0).lt(1)),
  }
  test.each(Object.keys(schemas))("%s", (name) => {
    const schema = schemas[name]!
    const grammar = grammarOf(z.toJSONSchema(schema) as JsonSchema)
    let seed = 7
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return seed / 2 ** 32
    }
    for (let round = 0; round < 50; round++) {
      const constraint = grammar.begin()
      const said: number[] = []
      while (constraint.mayGoOn && !(constraint.mayEnd && random() < 0.5)) {
        const allowed = constraint.allowed()
        const ids = Array.from(allowed.keys()).filter((id) => allowed[id] === 1)
        // Endings are likelier than chance would have them, or strings would never end.
        const ending = ids.filter((id) => id === 0x22 || id === 0x7d || id === 0x5d)
        const from = ending.length > 0 && random() < 0.4 ? ending : ids
        const id = from[Math.floor(random() * from.length)]!
        constraint.push(id)
        said.push(id)
      }
      const text = new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(said))
      const parsed = schema.safeParse(JSON.parse(text))
      expect(parsed.success, text).toBe(true)
    }
  })
})
