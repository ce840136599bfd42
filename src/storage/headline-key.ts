/** Headlines as lists compare them: lower case, without accents, one kind of apostrophe and hyphen. */
import { foldMarks } from '../language/plain-letters.ts'

/** `L’État – Über` → `l'etat - uber`. */
export function headlineKey(headline: string): string {
  return foldMarks(headline)
    .replace(/[’‘ʼ`´]/gu, "'")
    .replace(/[‐‑‒–—−]/gu, '-')
}

/** The words of a headline's key, each once. */
export function headlineWords(key: string): readonly string[] {
  return [...new Set(key.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])]
}
