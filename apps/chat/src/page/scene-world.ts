import type * as Scenes from "@llava/scenes"

/** The package that draws scenes, and one of its worlds. */
export interface SceneWorld {
  readonly scenes: typeof Scenes
  readonly world: Scenes.World
}

/** Reads the package only where pictures are wanted. The bundled model has learned the small world. */
export async function openSceneWorld(): Promise<SceneWorld> {
  const scenes = await import("@llava/scenes")
  return { scenes, world: scenes.findWorld("small") }
}
