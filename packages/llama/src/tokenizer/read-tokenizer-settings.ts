import { TokenizerError } from "@llava/core"
import { z } from "zod"
import { parseJsonFile } from "./parse-json-file.ts"
import type { TokenizerSettings } from "./tokenizer-settings.ts"

const tokenObject = z.object({
  content: z.string(),
  lstrip: z.boolean().optional(),
  rstrip: z.boolean().optional(),
  single_word: z.boolean().optional(),
  normalized: z.boolean().optional(),
  special: z.boolean().optional(),
})
const token = z.union([z.string().transform((content) => ({ content })), tokenObject]).nullish()
const tokenList = z.union([z.array(token), z.record(z.string(), token)]).nullish()
const specialTokens = {
  bos_token: token,
  eos_token: token,
  unk_token: token,
  sep_token: token,
  pad_token: token,
  cls_token: token,
  mask_token: token,
  additional_special_tokens: tokenList,
  extra_special_tokens: tokenList,
}
const specialTokensMap = z.object(specialTokens)
const namedTemplates = z.array(z.object({ name: z.string(), template: z.string() }))
const tokenizerConfig = z.object({
  ...specialTokens,
  tokenizer_class: z.string().nullish(),
  add_bos_token: z.boolean().nullish(),
  add_eos_token: z.boolean().nullish(),
  add_prefix_space: z.boolean().nullish(),
  legacy: z.boolean().nullish(),
  added_tokens_decoder: z.record(z.string().regex(/^\d+$/), tokenObject).nullish(),
  chat_template: z.union([z.string(), namedTemplates, z.record(z.string(), z.string())]).nullish(),
})
const chatTemplateFile = z.object({ chat_template: z.union([z.string(), namedTemplates]).nullish() })

/** Contents of the files that may stand beside a vocabulary, by their names in a Hugging Face folder. */
export interface TokenizerSettingsFiles {
  "tokenizer_config.json"?: string | undefined
  "special_tokens_map.json"?: string | undefined
  "added_tokens.json"?: string | undefined
  "chat_template.jinja"?: string | undefined
  "chat_template.json"?: string | undefined
}

/**
 * Reads `tokenizer_config.json`, `special_tokens_map.json`, `added_tokens.json` and the chat template.
 * The template of `chat_template.jinja` wins over `chat_template.json` (both belong to the whole model), and that over
 * the tokenizer's own; of a list of named templates, `default` is taken.
 *
 * @param pathOf What messages call a file; by default its name.
 * @throws TokenizerError naming the file and the key that is wrong.
 */
export function readTokenizerSettings(
  files: TokenizerSettingsFiles,
  pathOf: (name: string) => string = (name) => name,
): TokenizerSettings {
  const read = <T extends z.ZodType>(schema: T, name: keyof TokenizerSettingsFiles): z.output<T> | undefined => {
    const text = files[name]
    return text === undefined ? undefined : parseJsonFile(schema, text, pathOf(name))
  }
  const config = read(tokenizerConfig, "tokenizer_config.json")
  const map = read(specialTokensMap, "special_tokens_map.json")
  const legacyAdded = read(z.record(z.string(), z.number().int().nonnegative()), "added_tokens.json")
  const templateFile = read(chatTemplateFile, "chat_template.json")

  type Token = z.output<typeof token>
  const pick = (
    key: "bos_token" | "eos_token" | "unk_token" | "sep_token" | "pad_token" | "cls_token" | "mask_token",
  ) => (config && key in config ? config[key] : map?.[key])
  const listed = [config?.additional_special_tokens, config?.extra_special_tokens, map?.additional_special_tokens]
  const special: Token[] = [
    pick("bos_token"),
    pick("eos_token"),
    pick("unk_token"),
    pick("sep_token"),
    pick("pad_token"),
    pick("cls_token"),
    pick("mask_token"),
    ...listed.flatMap((list) => (list ? Object.values(list) : [])),
  ]
  const specialNames = new Set(special.flatMap((entry) => (entry ? [entry.content] : [])))
  const added = [
    ...Object.entries(config?.added_tokens_decoder ?? {}).map(([id, entry]) => ({ id: Number(id), ...flags(entry) })),
    ...Object.entries(legacyAdded ?? {}).map(([content, id]) => ({ id, content, special: specialNames.has(content) })),
    ...special.flatMap((entry) => (entry ? [{ ...flags(entry), special: true }] : [])),
  ]
  const unique = new Map(added.toReversed().map((entry) => [entry.content, entry]))

  return {
    tokenizerClass: config?.tokenizer_class ?? undefined,
    addBosToken: config?.add_bos_token ?? undefined,
    addEosToken: config?.add_eos_token ?? undefined,
    addPrefixSpace: config?.add_prefix_space ?? undefined,
    legacy: config?.legacy ?? undefined,
    bosToken: pick("bos_token")?.content,
    eosToken: pick("eos_token")?.content,
    unkToken: pick("unk_token")?.content,
    padToken: pick("pad_token")?.content,
    addedTokens: added.filter((entry) => unique.get(entry.content) === entry),
    chatTemplate:
      files["chat_template.jinja"] ??
      defaultTemplate(templateFile?.chat_template, pathOf("chat_template.json")) ??
      defaultTemplate(config?.chat_template, pathOf("tokenizer_config.json")),
  }
}

function flags(entry: z.output<typeof tokenObject> | { content: string }) {
  const { content, lstrip, rstrip, single_word, normalized, special }: z.output<typeof tokenObject> = entry
  return {
    content,
    stripLeft: lstrip ?? false,
    stripRight: rstrip ?? false,
    singleWord: single_word ?? false,
    normalized: normalized ?? false,
    special: special ?? false,
  }
}

function defaultTemplate(
  template: string | { name: string; template: string }[] | Record<string, string> | null | undefined,
  file: string,
): string | undefined {
  if (template === null || template === undefined || typeof template === "string") return template ?? undefined
  const byName = Array.isArray(template)
    ? new Map(template.map((entry) => [entry.name, entry.template]))
    : new Map(Object.entries(template))
  if (byName.size === 0) return undefined
  const chosen = byName.get("default") ?? (byName.size === 1 ? [...byName.values()][0] : undefined)
  if (chosen !== undefined) return chosen
  throw new TokenizerError(
    `It has the chat templates ${[...byName.keys()].join(", ")}, and none is called "default".`,
    {
      code: "no-default-chat-template",
      file,
      fix: 'Name one of them "default", or put it into chat_template.jinja.',
    },
  )
}
