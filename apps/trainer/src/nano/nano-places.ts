import { findSetting, type World, zonePlace, zones } from "@llava/scenes"

/** What the places of a world are called: parts of the picture, and settings; of names that begin alike the longer one first. */
export function nanoPlaces(world: World): { zones: string[]; settings: string[] } {
  return {
    zones: longestFirst(zones.map(zonePlace)),
    settings: longestFirst(world.settings.map((setting) => findSetting(setting).place)),
  }
}

const longestFirst = (names: string[]) => names.sort((a, b) => b.length - a.length)
