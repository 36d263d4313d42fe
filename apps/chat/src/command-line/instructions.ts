/** What to do without a model; the first example works as it stands. */
export const instructions = `Name a model with --model: a folder, a .gguf file, or a model of the Hugging Face hub.

  npm start -- --model HuggingFaceTB/SmolLM2-135M-Instruct --prompt "What is the capital of France?"
  npm start -- --model HuggingFaceTB/SmolLM2-135M-Instruct
  npm start -- --model llava-hf/llava-1.5-7b-hf --image photo.jpg --prompt "What is in this picture?"
  npm start -- --model my-model-folder --template v1 --image photo.jpg

Hub models are downloaded once. Without --prompt it is a conversation, in which /help lists the commands.
All options: npm start -- --help
`
