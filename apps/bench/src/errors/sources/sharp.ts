import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Create, type Region } from 'sharp'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** Pictures made, cut and turned by sharp. */
export const sharpTool: Source = {
  tool: 'sharp',
  languages: ['en'],
  async open({ dir }) {
    const photo = join(dir, 'photo.png')
    await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).toFile(photo)
    await writeFile(join(dir, 'text.png'), 'no picture\n')
    await writeFile(join(dir, 'empty.png'), '')
    const file = (name: string) => (name.startsWith('/') ? name : join(dir, name))
    const functions = {
      size: (path: string) => sharp(file(path)).metadata(),
      resize: (width: unknown, options: object = {}) =>
        sharp(photo)
          .resize(width as number, 8, options)
          .toBuffer(),
      extract: (region: object) =>
        sharp(photo)
          .extract(region as Region)
          .toBuffer(),
      convert: (format: string, options: object = {}) =>
        sharp(photo)
          .toFormat(format as 'png', options)
          .toBuffer(),
      save: (path: string) => sharp(photo).toFile(file(path)),
      rotate: (angle: unknown) =>
        sharp(photo)
          .rotate(angle as number)
          .toBuffer(),
      blur: (sigma: number) => sharp(photo).blur(sigma).toBuffer(),
      tint: (colour: string) => sharp(photo).tint(colour).toBuffer(),
      put: (path: string, options: object) =>
        sharp(photo)
          .composite([{ input: file(path), ...options }])
          .toBuffer(),
      raw: (bytes: string) => sharp(Buffer.from(bytes)).metadata(),
      newPicture: (create: object) =>
        sharp({ create: create as Create })
          .png()
          .toBuffer(),
      open: (options: object) => sharp(photo, options).metadata(),
      modulate: (options: object) => sharp(photo).modulate(options).toBuffer(),
    }
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['file', 'state.not_found', (v) => ['size', v.path()]],
        ['text', 'contract.value', (v) => ['put', 'text.png', { left: v.integer(1, 4), top: 0 }]],
        ['bytes', 'contract.value', (v) => ['raw', v.phrase()]],
        ['no-bytes', 'contract.missing_param', () => ['raw', '']],
        ['width-text', 'contract.type', (v) => ['resize', v.word()]],
        ['width-negative', 'contract.value', (v) => ['resize', -v.integer(2, 99)]],
        ['fit', 'contract.value', (v) => ['resize', 4, { fit: v.word() }]],
        ['position', 'contract.value', (v) => ['resize', 4, { position: v.word() }]],
        [
          'area-outside',
          'contract.value',
          (v) => ['extract', { left: 0, top: 0, width: v.integer(9, 99), height: 4 }],
        ],
        [
          'area-part',
          'contract.missing_param',
          (v) => ['extract', { left: 0, top: 0, width: v.integer(2, 8) }],
        ],
        ['format', 'contract.value', (v) => ['convert', v.word()]],
        ['quality', 'contract.value', (v) => ['convert', 'jpeg', { quality: v.integer(101, 999) }]],
        ['save-folder', 'state.not_found', (v) => ['save', `/srv/${v.word()}/${v.word()}/a.png`]],
        ['angle', 'contract.type', (v) => ['rotate', v.word()]],
        ['blur', 'contract.value', (v) => ['blur', v.integer(2_000, 9_000)]],
        ['colour', 'contract.value', (v) => ['tint', v.word()]],
        ['put-gravity', 'contract.value', (v) => ['put', 'photo.png', { gravity: v.word() }]],
        [
          'new-channels',
          'contract.value',
          (v) => ['newPicture', { width: 4, height: 4, channels: v.integer(5, 9), background: 'red' }],
        ],
        ['brightness', 'contract.type', (v) => ['modulate', { brightness: v.word() }]],
      ]),
    }
  },
}
