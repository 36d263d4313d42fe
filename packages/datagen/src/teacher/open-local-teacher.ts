import { type LocalModel, LocalTeacher } from "./local-teacher.ts"
import type { OpenTeacherOptions } from "./open-teacher.ts"
import type { Teacher } from "./teacher.ts"
import { TeacherError } from "./teacher-error.ts"
import type { TeacherSettings } from "./teacher-settings.ts"

/**
 * Opens a language model in this process: a folder, a GGUF file, a known name or a hub id, as `openModel` takes it.
 *
 * @throws TeacherError `hub-not-installed`; what `openModel` throws.
 */
export async function openLocalTeacher(settings: TeacherSettings, options: OpenTeacherOptions): Promise<Teacher> {
  const { hub = {}, signal, spent } = options
  const { openModel } = await importHub()
  const { model: name, template } = settings
  const model = await openModel(name, {
    ...hub,
    ...(signal && { signal }),
    ...(template !== undefined && { template }),
  })
  return new LocalTeacher(model satisfies LocalModel, settings, spent)
}

async function importHub(): Promise<typeof import("@llava/hub")> {
  try {
    return await import("@llava/hub")
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw cause
    throw new TeacherError("A local teacher needs the package @llava/hub, which is not installed.", {
      code: "hub-not-installed",
      scope: "run",
      fix: "Run `npm install @llava/hub`.",
      cause,
    })
  }
}
