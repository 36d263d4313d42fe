import { expect, test } from "vitest"
import { readTokenizerSettings } from "./read-tokenizer-settings.ts"

const read = (config: object, others: Parameters<typeof readTokenizerSettings>[0] = {}) =>
  readTokenizerSettings({ "tokenizer_config.json": JSON.stringify(config), ...others })

test("nothing beside the vocabulary: nothing is stated", () => {
  const settings = readTokenizerSettings({})
  expect(settings.addedTokens).toEqual([])
  expect(settings.chatTemplate).toBeUndefined()
  expect(settings.addBosToken).toBeUndefined()
})

test("tokens as names, as objects, as null", () => {
  const settings = read({
    tokenizer_class: "LlamaTokenizer",
    bos_token: { __type: "AddedToken", content: "<s>", lstrip: false, normalized: true, rstrip: false },
    eos_token: "</s>",
    pad_token: null,
    add_bos_token: true,
    model_max_length: 1e30,
  })
  expect(settings).toMatchObject({ bosToken: "<s>", eosToken: "</s>", padToken: undefined, addBosToken: true })
  expect(settings.addedTokens).toMatchObject([
    { content: "<s>", special: true, normalized: true },
    { content: "</s>", special: true },
  ])
})

test("added tokens by id come first; special_tokens_map.json fills what the config leaves out", () => {
  const settings = read(
    { added_tokens_decoder: { 32000: { content: "<image>", lstrip: true, special: true } } },
    { "special_tokens_map.json": '{"pad_token": "<pad>"}', "added_tokens.json": '{"<im_start>": 32001}' },
  )
  expect(settings.padToken).toBe("<pad>")
  expect(settings.addedTokens).toMatchObject([
    { id: 32_000, content: "<image>", stripLeft: true, special: true },
    { id: 32_001, content: "<im_start>", special: false },
    { content: "<pad>", special: true },
  ])
})

test("a token keeps the id of the first place that names it", () => {
  const settings = read({ pad_token: "<pad>", added_tokens_decoder: { 7: { content: "<pad>", special: true } } })
  expect(settings.addedTokens).toMatchObject([{ id: 7, content: "<pad>" }])
  expect(settings.addedTokens).toHaveLength(1)
})

test("chat templates: file, model's file, config, list", () => {
  const list = [
    { name: "tool_use", template: "tools" },
    { name: "default", template: "plain" },
  ]
  expect(read({ chat_template: "own" }).chatTemplate).toBe("own")
  expect(read({ chat_template: list }).chatTemplate).toBe("plain")
  const modelFile = { "chat_template.json": '{"chat_template": "of the model"}' }
  expect(read({ chat_template: "own" }, modelFile).chatTemplate).toBe("of the model")
  expect(read({ chat_template: "own" }, { ...modelFile, "chat_template.jinja": "jinja" }).chatTemplate).toBe("jinja")
  const noDefault = [list[0], { name: "rag", template: "documents" }]
  expect(() => read({ chat_template: noDefault })).toThrow(
    expect.objectContaining({ code: "no-default-chat-template" }),
  )
})

test("wrong files are refused by name and key", () => {
  const malformed = (file: string, message: string) =>
    expect.objectContaining({ code: "malformed-tokenizer-file", file, message: expect.stringContaining(message) })
  expect(() => read({ add_bos_token: "yes" })).toThrow(malformed("tokenizer_config.json", "add_bos_token"))
  expect(() => readTokenizerSettings({ "added_tokens.json": "{" })).toThrow(malformed("added_tokens.json", "no JSON"))
})
