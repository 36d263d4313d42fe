import { jinjaTemplate, type Template } from "@llava/core"

/** The chat template of nano: no words but the questions and answers themselves. */
export const nanoChatTemplate =
  "{% for message in messages %}{% if message['role'] == 'user' %}USER:{% elif message['role'] == 'assistant' %}ASSISTANT:{% endif %}" +
  "{% if message['role'] != 'system' %}{% for part in message['content'] %}{% if part['type'] == 'image' %}<image>{% else %}{{ part['text'] }}{% endif %}{% endfor %}{% endif %}" +
  "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}{% if add_generation_prompt %}ASSISTANT:{% endif %}"

export const nanoTemplate = (): Template => jinjaTemplate(nanoChatTemplate, { bosToken: "<s>", eosToken: "</s>" })
