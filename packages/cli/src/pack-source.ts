import { existsSync, readFileSync } from 'node:fs'
import { loadPack, type Pack, packNames, parsePack } from '@lifeharness/packs'
import { CliError, usageError } from './cli-error.ts'
import { nearestNames } from './nearest.ts'

/**
 * The pack of a file, or the one of that name that comes with the library.
 * @throws CliError for what is neither; what `parsePack` throws for a file that is no pack.
 */
export function readPack(nameOrFile: string): Pack {
  if (existsSync(nameOrFile) || /[/\\]|\.json$/.test(nameOrFile)) return packOfFile(nameOrFile)
  const pack = loadPack(nameOrFile)
  if (pack) return pack
  const near = nearestNames(nameOrFile, packNames)
  throw usageError(
    `there is no pack ${nameOrFile}${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : ''}\n` +
      `The packs that come with the library are: ${packNames.join(', ')}. A pack of your own is named by its file`,
  )
}

function packOfFile(path: string): Pack {
  try {
    return parsePack(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new CliError(`${path}: ${(cause as Error).message}`, { cause })
  }
}
