/** PEFT's files of an adapter, and what the original LLaVA puts beside them: a trained projector. */
export const adapterFiles = {
  config: "adapter_config.json",
  weights: ["adapter_model.safetensors", "adapter_model.bin"],
  others: ["non_lora_trainables.safetensors", "non_lora_trainables.bin"],
} as const
