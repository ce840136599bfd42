/**
 * Which addresses the public internet is behind. Everything else is refused: loopback, private and link-local networks,
 * shared and reserved ranges, multicast, and every IPv6 form that carries an IPv4 address inside (mapped, compatible,
 * NAT64, 6to4, Teredo), since a router may take it out again.
 *
 * Sources: IANA special-purpose registries (RFC 6890) as kept by ipaddr.js; global unicast IPv6 is 2000::/3 (RFC 4291 §2.4).
 */
import ipaddr from 'ipaddr.js'

/** Whether the text is the canonical form of an IP address; URL hosts in brackets are one, too. */
export function isAddressLiteral(host: string): boolean {
  return ipaddr.isValid(unbracketed(host))
}

/** Whether an address (not a name) is a host on the public internet. */
export function isPublicAddress(address: string): boolean {
  const text = unbracketed(address)
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return isPublicIpv4(ipaddr.IPv4.parse(text))
  return ipaddr.IPv6.isValid(text) && isPublicIpv6(ipaddr.IPv6.parse(text))
}

const unbracketed = (host: string) => host.replace(/^\[|\]$/g, '')

/** Ranges that ipaddr.js takes for unicast: benchmarking (RFC 2544) and 6to4 relays (RFC 7526). */
const OTHER_IPV4 = ['198.18.0.0/15', '192.88.99.0/24'].map((range) => ipaddr.IPv4.parseCIDR(range))

function isPublicIpv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && !OTHER_IPV4.some((range) => address.match(range))
}

const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')
/** Teredo, ORCHIDv2, documentation and 6to4. */
const OTHER_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map((range) =>
  ipaddr.IPv6.parseCIDR(range),
)

function isPublicIpv6(address: ipaddr.IPv6): boolean {
  if (address.zoneId !== undefined) return false
  return (
    address.range() === 'unicast' &&
    address.match(GLOBAL_IPV6) &&
    !OTHER_IPV6.some((range) => address.match(range))
  )
}
