export type { TrainerDoor } from "./command-line/trainer-door.ts"
export { runTrainer } from "./run-trainer.ts"
