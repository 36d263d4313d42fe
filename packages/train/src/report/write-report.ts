import { writeFilesAtomically } from "@llava/checkpoint"
import { readImageUrl } from "#platform/read-image-url"
import { readReport } from "./read-report.ts"
import { reportBody } from "./report-body.ts"
import { reportPage } from "./report-page.ts"

/** Writes `OUTPUT/report.html`: one file with curves, answers and their pictures inside, drawn from the run's records. */
export async function writeReport(output: string): Promise<void> {
  const report = await readReport(output)
  const paths = new Set(report.answers.flatMap(({ answers }) => answers.flatMap(({ images }) => images)))
  const addresses = new Map<string, string | undefined>()
  for (const path of paths) addresses.set(path, await readImageUrl(path))
  const page = reportPage(reportBody(report, (path) => addresses.get(path)))
  await writeFilesAtomically([
    { path: `${output}/report.html`, write: (handle) => handle.write(new TextEncoder().encode(page)) },
  ])
}
