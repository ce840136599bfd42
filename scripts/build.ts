/** Builds `dist` for publishing: JavaScript of everything in `src`, and the files of the rehearsal page beside it. */
import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const tsc = join(root, 'node_modules/typescript/bin/tsc')

rmSync(dist, { recursive: true, force: true })
for (const [project, from] of [
  ['tsconfig.build.json', 'src'],
  ['src/rehearsal/page/tsconfig.json', 'src'],
] as const) {
  execFileSync(
    process.execPath,
    [tsc, '-p', project, '--noEmit', 'false', '--outDir', dist, '--rootDir', from],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
}
cpSync(join(root, 'src'), dist, {
  recursive: true,
  filter: (path) => !/\.(?:ts|cts)$/.test(path) && !path.endsWith('tsconfig.json'),
})
