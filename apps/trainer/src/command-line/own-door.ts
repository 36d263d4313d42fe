import type { TrainerDoor } from "./trainer-door.ts"

/** `npm run train`. */
export const ownDoor: TrainerDoor = {
  command: "npm run train --",
  description:
    "Trains a LLaVA, or makes a new one of an image encoder and a language model. The same command goes on with a run that was stopped.",
  examples: [
    "--recipe stage1 --encoder openai/clip-vit-base-patch32 \\\n    --language-model HuggingFaceTB/SmolLM2-135M --template v1 --data captions.json --output runs/align",
    "--recipe stage2 --model runs/align/model --data chat.json --images pictures --output runs/tune",
    "--recipe nano --budget cpu --output runs/nano",
    "--recipe my-recipe.json --set learningRate=1e-4 --model FOLDER --data chat.jsonl --dry-run",
  ],
}
