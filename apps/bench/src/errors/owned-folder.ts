import { chown, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Makes a folder for a program that runs as another user; without one it stays that of this process. */
export async function ownedFolder(
  dir: string,
  name: string,
  { uid, gid }: { uid?: number; gid?: number },
): Promise<string> {
  const folder = join(dir, name)
  await mkdir(folder)
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid)
  return folder
}
