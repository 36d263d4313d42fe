/** The 256 special tokens behind the 128,000 ranks of Llama 3, in order (meta-llama/llama3, `tokenizer.py`). */
export const llama3SpecialTokens: readonly string[] = [
  "<|begin_of_text|>",
  "<|end_of_text|>",
  "<|reserved_special_token_0|>",
  "<|reserved_special_token_1|>",
  "<|reserved_special_token_2|>",
  "<|reserved_special_token_3|>",
  "<|start_header_id|>",
  "<|end_header_id|>",
  "<|reserved_special_token_4|>",
  "<|eot_id|>",
  ...Array.from({ length: 246 }, (_, i) => `<|reserved_special_token_${i + 5}|>`),
]
