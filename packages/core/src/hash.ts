import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** The first `length` hexadecimal digits of the SHA-256 (FIPS 180-4) of a text; 16 digits keep 64 bits. */
export function shortHash(text: string, length = 16): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, length)
}

/** A number in [0, 1) that depends on the text alone: the same in every process, on every machine. */
export function unitHash(text: string): number {
  return Number.parseInt(shortHash(text, 12), 16) / 2 ** 48
}
