import type { NanoPhaseName } from "../nano-phases.ts"
import type { AblationBase } from "./ablation-base.ts"
import { ablationSetup } from "./ablation-setup.ts"
import type { AblationVariant } from "./ablation-variants.ts"
import { phaseInputs } from "./phase-inputs.ts"

/** Where the run of a phase lies below the output folder: with the baseline's where the variant changes nothing of it. */
export function phaseFolder(
  name: NanoPhaseName,
  { base, variant, seed }: { base: AblationBase; variant: AblationVariant; seed: number },
): string {
  const own = phaseInputs(name, ablationSetup(base, variant.change, seed))
  const isShared = own === phaseInputs(name, ablationSetup(base, {}, seed))
  return `seed-${seed}/${isShared ? "shared" : variant.name.replaceAll(" ", "-")}/${name}`
}
