import { describeIssue, TokenizerError } from "@llava/core"
import type { z } from "zod"
import type { Component } from "./hf-json-schema.ts"

/** The settings of one component, checked. @throws TokenizerError naming the component and the key. */
export function checkedConfig<T extends z.ZodType>(schema: T, config: Component, file: string): z.output<T> {
  const result = schema.safeParse(config)
  if (result.success) return result.data
  throw new TokenizerError(`Its component "${config.type}" has wrong settings: ${describeIssue(result.error).what}.`, {
    code: "malformed-tokenizer-file",
    file,
    fix: "Compare it with the file that the model's authors publish.",
  })
}
