import type { ConversationFormat } from "./conversation-format.ts"

const curiousHuman =
  "A chat between a curious human and an artificial intelligence assistant. " +
  "The assistant gives helpful, detailed, and polite answers to the human's questions."

const taggedImages =
  "A chat between a curious user and an artificial intelligence assistant. " +
  "The assistant is able to understand the visual content that the user provides, and assist the user with a variety of tasks using natural language." +
  "The visual content will be provided with the following format: <Image>visual content</Image>."

const llama2Safety = `You are a helpful, respectful and honest assistant. Always answer as helpfully as possible, while being safe.  Your answers should not include any harmful, unethical, racist, sexist, toxic, dangerous, or illegal content. Please ensure that your responses are socially unbiased and positive in nature.

If a question does not make any sense, or is not factually coherent, explain why instead of answering something not correct. If you don't know the answer to a question, please don't share false information.`

const renewableEnergy = `Renewable energy sources are those that can be replenished naturally in a relatively short amount of time, such as solar, wind, hydro, geothermal, and biomass. Non-renewable energy sources, on the other hand, are finite and will eventually be depleted, such as coal, oil, and natural gas. Here are some key differences between renewable and non-renewable energy sources:
1. Availability: Renewable energy sources are virtually inexhaustible, while non-renewable energy sources are finite and will eventually run out.
2. Environmental impact: Renewable energy sources have a much lower environmental impact than non-renewable sources, which can lead to air and water pollution, greenhouse gas emissions, and other negative effects.
3. Cost: Renewable energy sources can be more expensive to initially set up, but they typically have lower operational costs than non-renewable sources.
4. Reliability: Renewable energy sources are often more reliable and can be used in more remote locations than non-renewable sources.
5. Flexibility: Renewable energy sources are often more flexible and can be adapted to different situations and needs, while non-renewable sources are more rigid and inflexible.
6. Sustainability: Renewable energy sources are more sustainable over the long term, while non-renewable sources are not, and their depletion can lead to economic and social instability.
`

const waivLab =
  "You are LLaVA, a large language model trained by UW Madison WAIV Lab, based on LLaMA architecture." +
  "You are designed to assist human with a variety of tasks using natural language." +
  "Follow the instructions carefully."

const single = {
  style: "SINGLE",
  roles: { user: "Human", assistant: "Assistant" },
  separator: "###",
} as const

const two = {
  style: "TWO",
  roles: { user: "USER", assistant: "ASSISTANT" },
  separator: " ",
  answerSeparator: "</s>",
} as const

const llama2 = { ...two, style: "LLAMA_2", separator: "<s>" } as const

const mpt = {
  style: "MPT",
  systemOpening: "<|im_start|>system\n",
  roles: { user: "<|im_start|>user\n", assistant: "<|im_start|>assistant\n" },
  separator: "<|im_end|>",
} as const

const vicunaV0: ConversationFormat = {
  ...single,
  system: curiousHuman,
  examples: [
    {
      role: "user",
      text: "What are the key differences between renewable and non-renewable energy sources?",
    },
    { role: "assistant", text: renewableEnergy },
  ],
}

const vicunaV1: ConversationFormat = {
  ...two,
  system:
    "A chat between a curious user and an artificial intelligence assistant. " +
    "The assistant gives helpful, detailed, and polite answers to the user's questions.",
}

const chatmlDirect: ConversationFormat = { ...mpt, system: "<|im_start|>system\nAnswer the questions." }

const plain: ConversationFormat = {
  style: "PLAIN",
  system: "",
  roles: { user: "", assistant: "" },
  separator: "\n",
}

/**
 * The published conversation templates by name: those of llava/conversation.py, then those that only the first
 * release knew (its `default` and `v1` are today's `v0`).
 */
export const conversationFormats = {
  default: vicunaV0,
  v0: vicunaV0,
  v1: vicunaV1,
  vicuna_v1: vicunaV1,
  llama_2: { ...llama2, system: llama2Safety },
  mistral_instruct: { ...llama2, system: "", separator: "" },
  chatml_direct: chatmlDirect,
  mistral_direct: chatmlDirect,
  plain,
  v0_plain: plain,
  llava_v0: { ...single, system: curiousHuman },
  v0_mmtag: { ...single, system: taggedImages, tagsImages: true },
  llava_v1: { ...two, system: curiousHuman },
  v1_mmtag: { ...two, system: taggedImages, tagsImages: true },
  llava_llama_2: {
    ...llama2,
    system:
      "You are a helpful language and vision assistant. " +
      "You are able to understand the visual content that the user provides, " +
      "and assist the user with a variety of tasks using natural language.",
  },
  mpt: {
    ...mpt,
    system:
      "<|im_start|>system\nA conversation between a user and an LLM-based AI assistant. " +
      "The assistant gives helpful and honest answers.",
  },
  simple: {
    ...single,
    system: waivLab,
    examples: [
      { role: "user", text: "Hi!" },
      { role: "assistant", text: "Hi there!  How can I help you today?\n" },
    ],
  },
  simple_legacy: {
    ...single,
    system: waivLab,
    examples: [
      { role: "user", text: "Hi!\n\n### Response:" },
      { role: "assistant", text: "Hi there!  How can I help you today?\n" },
    ],
  },
  multimodal: {
    ...single,
    system:
      "You are LLaVA, a large multimodal model trained by UW Madison WAIV Lab, based on LLaMA architecture." +
      "You are able to understand the image and visual content that the user provides, and explain to human using natural language." +
      "You are designed to assist human with a variety of tasks using natural language." +
      "Follow the instructions carefully and explain your answers in detail.  Provide examples when necessary.",
  },
  bair_v1: {
    ...two,
    system: "BEGINNING OF CONVERSATION:",
    roles: { user: "USER", assistant: "GPT" },
  },
} as const satisfies Record<string, ConversationFormat>
