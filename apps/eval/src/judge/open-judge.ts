import { readEnvironment } from "@llava/app-common"
import { openTeacher, type Teacher, type TeacherSettings } from "@llava/datagen"
import { say } from "../output/say.ts"

/** A language model behind an endpoint or in this process, with retries, limits and budget of its own. */
export async function openJudge(settings: TeacherSettings): Promise<Teacher> {
  return openTeacher(settings, { hub: await readEnvironment(process.env), onNote: say })
}
