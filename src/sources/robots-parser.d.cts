/** The part of `robots-parser` that is used; the package's own types describe another module format than it has. */
interface Rules {
  /** Undefined for an address of another host. */
  isAllowed(url: string, agent?: string): boolean | undefined
}
declare function robotsParser(address: string, text: string): Rules
export = robotsParser
