/** Which of our packages each package may import: the rooms of the house and the direction of their doors. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  tensor: [],
  core: [],
  nano: [],
  checkpoint: ["core"],
  datagen: ["core", "hub"],
  eval: ["core", "hub"],
  scenes: ["core"],
  model: ["core", "checkpoint", "tensor"],
  clip: ["core", "checkpoint", "tensor", "model"],
  llama: ["core", "checkpoint", "tensor", "model"],
  projector: ["core", "checkpoint", "tensor", "model"],
  train: ["core", "checkpoint", "tensor", "model"],
  hub: ["core", "checkpoint", "tensor", "model", "clip", "llama", "projector", "nano"],
  server: ["core", "tensor", "model", "hub"],
  "ai-sdk-provider": ["core", "tensor", "model", "hub"],
}
