import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPublicAddress } from '../../src/sources/public-address.ts'

const NOT_PUBLIC: Record<string, readonly string[]> = {
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  unspecified: ['0.0.0.0', '0.1.2.3', '::'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1'],
  'link-local, with the metadata services of clouds': [
    '169.254.169.254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
  ],
  shared: ['100.64.0.1', '100.127.255.255'],
  'reserved and documentation': [
    '192.0.0.1',
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.1',
    '240.0.0.1',
    '2001:db8::1',
    '3fff::1',
  ],
  benchmarking: ['198.18.0.1', '198.19.255.255', '2001:2::1'],
  'multicast and broadcast': ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1'],
  'relays to IPv4': [
    '192.88.99.1',
    '2002:7f00:1::',
    '2002:5db8:d822::',
    '2001::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  ],
  'IPv4 inside of IPv6': [
    '::ffff:127.0.0.1',
    '::ffff:93.184.216.34',
    '::127.0.0.1',
    '::7f00:1',
    '::5db8:d822',
    '64:ff9b::7f00:1',
    '64:ff9b::5db8:d822',
    '64:ff9b:1::1',
  ],
  'outside of global unicast': ['100::1', '4000::1', '5f00::1'],
  'no address': ['', 'localhost', '1.2.3', '2130706433', '0x7f.1', '1.2.3.4.5', '93.184.216.34 '],
}

for (const [what, addresses] of Object.entries(NOT_PUBLIC)) {
  test(`${what}: not public`, () => {
    for (const address of addresses) assert.equal(isPublicAddress(address), false, address)
  })
}

test('addresses of the public internet are public', () => {
  for (const address of [
    '93.184.216.34',
    '1.1.1.1',
    '172.32.0.1',
    '2606:4700::1111',
    '[2606:4700::1111]',
    '2a00:1450::1',
    '2001:4860::1',
  ]) {
    assert.equal(isPublicAddress(address), true, address)
  }
})
