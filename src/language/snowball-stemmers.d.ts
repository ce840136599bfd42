/** The part of `snowball-stemmers` that is used; the package ships no types. */
declare module 'snowball-stemmers' {
  interface SnowballStemmer {
    stem(word: string): string
  }
  const snowball: {
    /** Throws on a name that is not in `algorithms()`. */
    newStemmer(algorithm: string): SnowballStemmer
    algorithms(): string[]
  }
  export default snowball
}
