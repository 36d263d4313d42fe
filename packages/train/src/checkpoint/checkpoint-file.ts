/** The one file of a checkpoint: a folder without it is what a killed run left. */
export const CHECKPOINT_FILE = "checkpoint.safetensors"
