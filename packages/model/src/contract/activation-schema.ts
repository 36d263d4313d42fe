import type { Activation } from "@llava/tensor"
import { z } from "zod"

/** transformers' names (activations.py, ACT2CLS); several of them compute the same. */
const names = {
  gelu: "gelu",
  gelu_python: "gelu",
  gelu_new: "gelu_tanh",
  gelu_fast: "gelu_tanh",
  gelu_accurate: "gelu_tanh",
  gelu_pytorch_tanh: "gelu_tanh",
  gelu_python_tanh: "gelu_tanh",
  gelu_tanh: "gelu_tanh",
  quick_gelu: "quick_gelu",
  relu: "relu",
  silu: "silu",
  swish: "silu",
} as const satisfies Readonly<Record<string, Activation>>

/** The name of an activation in a Hugging Face config, as the tensor operation that computes it. */
export const activationSchema = z
  .enum(Object.keys(names) as (keyof typeof names)[])
  .transform((name): Activation => names[name])
