import { ScenesError } from "../scenes-error.ts"
import type { Setting } from "./setting.ts"
import { settings } from "./settings.ts"

/** @throws ScenesError `unknown-setting` */
export function findSetting(name: string): Setting {
  const setting = settings.get(name)
  if (setting) return setting
  throw new ScenesError(`There is no setting ${JSON.stringify(name)}.`, {
    code: "unknown-setting",
    fix: `Take one of: ${[...settings.keys()].join(", ")}.`,
  })
}
