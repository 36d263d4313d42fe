/** Keys that Hugging Face's configurations declare as floating point. */
const declaredFloats = [
  "attention_dropout",
  "attention_factor",
  "attn_pdrop",
  "beta_fast",
  "beta_slow",
  "dropout",
  "embd_pdrop",
  "factor",
  "hidden_dropout",
  "high_freq_factor",
  "initializer_factor",
  "initializer_range",
  "layer_norm_eps",
  "layer_norm_epsilon",
  "logit_scale_init_value",
  "low_freq_factor",
  "mscale",
  "mscale_all_dim",
  "resid_pdrop",
  "rms_norm_eps",
  "rope_theta",
]

/**
 * A config as JSON text. Python tells 1.0 from 1, and transformers refuses the latter where a float is declared;
 * JavaScript does not. So whole numbers under keys that are declared as floats, or that were written as floats in one of
 * the source texts, get their `.0` back.
 */
export function configJson(config: unknown, sources: readonly string[] = []): string {
  const floats = new Set(declaredFloats)
  for (const text of sources) {
    for (const [, key] of text.matchAll(/"([^"\\]+)"\s*:\s*-?\d+(?:\.\d|[eE])/g)) floats.add(key!)
  }
  // One pair to a line, and no string has a line break inside.
  return `${JSON.stringify(config, undefined, 2).replace(/^(\s*"([^"\\]+)": -?\d+)(,?)$/gm, (line, pair, key, comma) =>
    floats.has(key) ? `${pair}.0${comma}` : line,
  )}\n`
}
