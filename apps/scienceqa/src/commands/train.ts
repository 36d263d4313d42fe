import type { TrainerDoor } from "@llava/trainer"
import { Command } from "commander"

const door: TrainerDoor = {
  command: "npm run scienceqa -- train",
  description:
    "Trains a LLaVA on what `prepare` wrote, by the published recipe of twelve epochs. The same command goes on with a run that was stopped.",
  recipe: "scienceqa",
  examples: [
    "--model MODEL --data runs/sqa/llava_train_QCM-LEA.json --images data/images/train --output runs/sqa",
    "--recipe scienceqa-v0 --model MODEL --data runs/sqa/llava_train_QCM-LEPA.json \\\n    --images data/images/train --output runs/sqa",
    "--set epochs=1 --set batchSize=32 --set microBatchSize=4 --model MODEL --data FILE --output runs/try",
  ],
}

/** `train`: the trainer, with ScienceQA's recipe. It reads its options itself. */
export function trainCommand(onExitCode: (code: number) => void): Command {
  return new Command("train")
    .description("fine-tune a LLaVA on them: the trainer, with ScienceQA's recipe")
    .argument("[options...]", "`train --help` lists them")
    .allowUnknownOption()
    .helpOption(false)
    .action(async (_: string[], __: object, command: Command) => {
      // The others start sooner without it.
      const { runTrainer } = await import("@llava/trainer")
      onExitCode(await runTrainer(command.args, door))
    })
}
