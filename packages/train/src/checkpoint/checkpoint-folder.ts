/** Where the checkpoint of a step is, below the folder of a run. */
export const checkpointFolder = (output: string, step: number): string => `${output}/checkpoints/step-${step}`
